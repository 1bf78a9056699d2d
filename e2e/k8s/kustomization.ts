import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { run, type Said } from "./cluster.ts";
import { registry } from "./image.ts";

const k8s = fileURLToPath(new URL("../../k8s/", import.meta.url));
const fromRegistry = "container-images-registry";

/** The folder of the base, or of an overlay. */
export const folder = (name: string): string => join(k8s, name);

/** The objects of the base with some components on top, as YAML; with a patch, if need be. */
export const build = (chosen: readonly string[], patches: readonly object[] = []): Promise<string> =>
  buildOn("base", chosen, patches);

/** Has kubectl do something with what a folder says, as it is; only images come from the registry, if there is one. */
export const runWith = async (name: string, ...command: readonly string[]): Promise<Said> =>
  registry
    ? run([...command, "--filename=-"], await buildOn(name, []))
    : run([...command, "--kustomize", folder(name)]);

async function buildOn(name: string, chosen: readonly string[], patches: readonly object[] = []): Promise<string> {
  const place = realpathSync(mkdtempSync(join(tmpdir(), "boutique-e2e-")));
  const from = (path: string) => relative(place, folder(path));
  const components = new Set(registry ? [...chosen, fromRegistry] : chosen);
  const kustomization = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: [from(name)],
    components: [...components].map((component) => from(`components/${component}`)),
    patches,
  };
  writeFileSync(join(place, "kustomization.yaml"), JSON.stringify(kustomization));
  try {
    const { stdout } = await run(["kustomize", place]);
    return registry ? stdout.replaceAll("CONTAINER_IMAGES_REGISTRY", registry) : stdout;
  } finally {
    rmSync(place, { recursive: true });
  }
}
