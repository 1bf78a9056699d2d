import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse } from "yaml";
import type { Manifest } from "./objects.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const header = { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization" };

/** The names of all components. */
export const components: readonly string[] = readdirSync(join(root, "k8s/components")).sort();

/** The names of all overlays; "mine" is where people keep one of their own. */
export const overlays: readonly string[] = readdirSync(join(root, "k8s/overlays"))
  .filter((name) => name !== "mine")
  .sort();

/** Why manifests cannot be built on this machine; undefined where they can. */
export const kubectlMissing = spawnSync("kubectl", ["version", "--client"]).error
  ? "kubectl is missing: https://kubernetes.io/docs/tasks/tools"
  : undefined;

/** Whether what needs kubectl is skipped: on a machine without it, but never in CI. */
export const skipped = kubectlMissing !== undefined && process.env.CI !== "true";

/** What `kubectl apply -k` would send of a folder of the repository. */
export async function build(folder: string): Promise<readonly Manifest[]> {
  return parsed(await kustomize(join(root, folder)));
}

/**
 * The base, or an overlay, with some components on top, in the order in which they are named, and with more in its
 * kustomization.
 */
export async function buildWith(
  chosen: readonly string[],
  more: object = {},
  on = "base",
): Promise<readonly Manifest[]> {
  const [built] = await buildEach([chosen], more, on);
  return built ?? [];
}

/**
 * The same with each of several choices of components. They are built at once, each in a namespace of its own, which
 * is taken away again: one process for many is three times as fast as many processes.
 */
export async function buildEach(
  choices: readonly (readonly string[])[],
  more: object = {},
  on = "base",
): Promise<readonly (readonly Manifest[])[]> {
  const place = realpathSync(mkdtempSync(join(tmpdir(), "boutique-manifests-")));
  const write = (folder: string, kustomization: object) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "kustomization.yaml"), JSON.stringify({ ...header, ...kustomization }));
  };
  const nameOf = (index: number) => `choice-${index}-`;
  try {
    for (const [index, chosen] of choices.entries()) {
      const folder = join(place, nameOf(index));
      const from = (path: string) => relative(folder, join(root, "k8s", path));
      const own = { resources: [from(on)], components: chosen.map((name) => from(`components/${name}`)) };
      write(folder, { ...own, namespace: nameOf(index), ...more });
    }
    write(place, { resources: choices.map((_, index) => nameOf(index)) });
    const documents = (await kustomize(place)).split(/^---\n/m);
    return choices.map((_, index) => {
      const line = `  namespace: ${nameOf(index)}\n`;
      const own = documents.filter((document) => document.includes(line));
      return own.map((document) => parsedOnce(document.replaceAll(line, "")));
    });
  } finally {
    rmSync(place, { recursive: true });
  }
}

const kustomize = async (folder: string): Promise<string> =>
  (await promisify(execFile)("kubectl", ["kustomize", folder], { maxBuffer: 64 << 20 })).stdout;

const parsed = (text: string) => text.split(/^---\n/m).map(parsedOnce);

// Most objects are the same in most builds.
const known = new Map<string, Manifest>();
function parsedOnce(document: string): Manifest {
  const manifest = known.get(document) ?? (parse(document) as Manifest);
  known.set(document, manifest);
  return manifest;
}
