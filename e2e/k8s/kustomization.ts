import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./cluster.ts";

const k8s = fileURLToPath(new URL("../../k8s/", import.meta.url));

/** The folder of the base, or of an overlay. */
export const folder = (name: string): string => join(k8s, name);

/** The objects of the base with some components on top, as YAML; with a patch, if need be. */
export async function build(chosen: readonly string[], patches: readonly object[] = []): Promise<string> {
  const place = realpathSync(mkdtempSync(join(tmpdir(), "boutique-e2e-")));
  const from = (path: string) => relative(place, join(k8s, path));
  const kustomization = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: [from("base")],
    components: chosen.map((name) => from(`components/${name}`)),
    patches,
  };
  writeFileSync(join(place, "kustomization.yaml"), JSON.stringify(kustomization));
  try {
    return (await run(["kustomize", place])).stdout;
  } finally {
    rmSync(place, { recursive: true });
  }
}
