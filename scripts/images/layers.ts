import { execFileSync } from "node:child_process";
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGzip } from "node:zlib";
import { ask } from "./docker.ts";

/** A layer of an image. */
export interface Layer {
  /** The same in every image that shares it. */
  readonly digest: string;
  readonly size: number;
  /** What is pulled of it, gzipped as registries keep it. */
  readonly compressed: number;
}

/** The layers of each image, those of its base first. */
export async function compressedLayers(images: readonly string[]): Promise<ReadonlyMap<string, readonly Layer[]>> {
  const folder = mkdtempSync(join(tmpdir(), "layers-"));
  try {
    ask("save", "--output", join(folder, "images.tar"), ...images);
    execFileSync("tar", ["xf", "images.tar"], { cwd: folder });
    const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
    const found = new Map<string, readonly Layer[]>();
    const known = new Map<string, Layer>();
    for (const { Config, RepoTags, Layers } of manifest) {
      const { rootfs } = JSON.parse(readFileSync(join(folder, Config), "utf8"));
      for (const [place, digest] of rootfs.diff_ids.entries())
        if (!known.has(digest)) known.set(digest, { digest, ...(await measured(join(folder, Layers[place]))) });
      for (const tag of RepoTags)
        found.set(
          tag,
          rootfs.diff_ids.map((digest: string) => known.get(digest)),
        );
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measured(file: string) {
  let compressed = 0;
  for await (const chunk of createReadStream(file).pipe(createGzip())) compressed += chunk.length;
  return { size: statSync(file).size, compressed };
}
