import { watch } from "node:fs";
import { join } from "node:path";
import { type Name, names } from "../../libs/contract/src/roster.ts";
import { root } from "./plan.ts";

// Editors write a file in several steps, and a checkout many files: all that comes within this time is one change.
const SETTLE = 60;

const ofServices = /^[^/]+\/(src|data|templates|views|static)\/.*[^~]$/;
const ofLibraries = /^[^/]+\/(src|gen)\/.*[^~]$/;

/** Tells which files have changed, and the services that need to begin again for it. */
export function watchFiles(changed: (files: readonly string[], affected: readonly Name[]) => void): void {
  const files = new Map<string, readonly Name[]>();
  let timer: NodeJS.Timeout | undefined;
  const note = (file: string, affected: readonly Name[]) => {
    files.set(file, affected);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const touched = [...files.values()].flat();
      const paths = [...files.keys()];
      files.clear();
      changed(
        paths,
        names.filter((name) => touched.includes(name)),
      );
    }, SETTLE);
  };
  for (const name of names) {
    see(
      join("services", name),
      (path) => ofServices.test(`${name}/${path}`) && note(`services/${name}/${path}`, [name]),
    );
  }
  see("libs", (path) => ofLibraries.test(path) && note(`libs/${path}`, names));
  see("protos", (path) => path.endsWith(".proto") && note(`protos/${path}`, names));
}

function see(folder: string, tell: (path: string) => void): void {
  const watcher = watch(join(root, folder), { recursive: true }, (_, path) => {
    if (path) tell(path.replaceAll("\\", "/"));
  });
  watcher.on("error", (error) => console.error(`cannot watch ${folder}: ${error.message}`));
}
