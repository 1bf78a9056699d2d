import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A shop to be measured: where its code is, and how it is started. */
export interface Candidate {
  readonly name: string;
  readonly folder: string;
  readonly options: readonly string[];
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();

/** This tree, as ten processes and as one, and beside it what some git refs (tags, commits) were. */
export function candidates(refs: readonly string[], colocated: boolean): Candidate[] {
  const own = { folder: root, options: [] };
  return [
    ...refs.map((ref) => ({ name: ref, folder: checkedOut(ref), options: [] })),
    { ...own, name: "ten processes" },
    ...(colocated ? [{ ...own, name: "one process", options: ["--colocated"] }] : []),
  ];
}

/** The newest version that was tagged before this tree, if there is one. */
export function lastRelease(): string | undefined {
  try {
    return git("describe", "--tags", "--abbrev=0", "--match", "v*");
  } catch {
    return undefined;
  }
}

/** A ref in a folder of its own, with the dependencies that it had; it is kept for the next time. */
function checkedOut(ref: string): string {
  const commit = git("rev-parse", "--verify", `${ref}^{commit}`);
  const folder = `${root}.cache/bench/${commit.slice(0, 12)}`;
  if (!existsSync(`${folder}/package.json`)) {
    git("worktree", "prune");
    git("worktree", "add", "--detach", folder, commit);
  }
  if (!existsSync(`${folder}/node_modules/.package-lock.json`)) {
    console.error(`installing what ${ref} depends on`);
    execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  }
  return folder;
}
