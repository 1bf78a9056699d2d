import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Options } from "./options.ts";
import { canaries, root } from "./workloads.ts";

/** What is told apart by a build of the same sources. */
export interface Edition {
  readonly version: string;
  /** The short commit, with "-dirty" when files differ from it; "unknown" outside a clone. */
  readonly revision: string;
}

/** An image that is to be built. */
export interface Image {
  /** Its target in docker-bake.hcl, and its name in what is printed. */
  readonly name: string;
  readonly dockerfile: string;
  /** The stage to stop at; undefined for the last one. */
  readonly stage?: string;
  readonly tags: readonly string[];
  readonly args: Readonly<Record<string, string>>;
}

/** The version and the commit that images are tagged with. */
export function edition(): Edition {
  const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    return { version, revision: git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain") && "-dirty") };
  } catch {
    return { version, revision: "unknown" };
  }
}

/**
 * The two that all others are made from: Node with what npm needs, and what every image begins with. They have no
 * version: what begins a Dockerfile is what was built last.
 */
export function foundation({ nodeImage }: Pick<Options, "nodeImage">): readonly Image[] {
  const common = { dockerfile: "Dockerfile.base", args: (nodeImage ? { NODE_IMAGE: nodeImage } : {}) as Image["args"] };
  return [
    { ...common, name: "build", stage: "build", tags: ["boutique/build:latest"] },
    { ...common, name: "base", tags: ["boutique/base:latest"] },
  ];
}

/** The images that were asked for. */
export function imagesFor(options: Options, { version, revision }: Edition): readonly Image[] {
  const { registry = "boutique", source } = options;
  const args = { VERSION: version, REVISION: revision, SOURCE: source };
  const variants = options.canaries.map((canary) => ({
    name: `frontend-${canary}`,
    dockerfile: "services/frontend/Dockerfile",
    tags: [`${registry}/frontend:${version}-${canary}`],
    args: { ...args, ...canaries[canary] },
  }));
  const chosen = options.chosen.map(({ workload: name, dockerfile }) => {
    const tags = [version, ...(revision === "unknown" ? [] : [revision])].map((tag) => `${registry}/${name}:${tag}`);
    return { name, dockerfile, tags, args };
  });
  return [...chosen, ...variants];
}
