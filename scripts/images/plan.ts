import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Options } from "./options.ts";
import { canaries, root } from "./workloads.ts";

/** What is told apart by a build of the same sources. */
export interface Edition {
  readonly version: string;
  /** The short commit, with "-dirty" when files differ from it; "unknown" outside a clone. */
  readonly revision: string;
  /** Where the code is: the page of the remote that was cloned; empty when there is none. */
  readonly source: string;
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

/** The version and the commit that images are tagged with, and where both are from. */
export function edition(): Edition {
  const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  const git = (...args: string[]) => {
    try {
      return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    } catch {
      return undefined;
    }
  };
  const commit = git("rev-parse", "--short", "HEAD");
  const revision = commit ? commit + (git("status", "--porcelain") && "-dirty") : "unknown";
  return { version, revision, source: pageOf(git("remote", "get-url", "origin")) };
}

/** The page of a remote, without who may push to it; empty for a folder of somebody's machine. */
export function pageOf(remote = ""): string {
  const [, host, path] =
    remote.match(/^(?:(?:https?|ssh|git):\/\/)?(?:[^@/]+@)?([\w.-]+\.\w+)(?::\d+)?[:/](.+?)(?:\.git)?\/?$/) ?? [];
  return host ? `https://${host}/${path}` : "";
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
export function imagesFor(options: Options, { version, revision, source: known }: Edition): readonly Image[] {
  const { registry = "boutique", source = known } = options;
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
