import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";

/** Whoever ends what is left when this process is gone, however it went. */
export interface Keeper {
  /** Begins to look after a process until it ends: a frozen one would not notice that nobody is left. */
  keep(child: ChildProcess): void;
  /** A folder that is to be gone in the end. */
  folder(path: string): void;
  /** Has all of it end now. */
  close(): Promise<void>;
}

/** Starts a keeper, which is a process of its own. */
export function startKeeper(): Keeper {
  const own = spawn(process.execPath, [import.meta.filename], { stdio: ["pipe", "ignore", "inherit"], detached: true });
  const gone = new Promise<void>((resolve) => own.once("exit", () => resolve()));
  // It may have gone first, when a terminal's Ctrl-C reached everybody.
  own.stdin.on("error", () => {});
  const say = (word: string, what: string | number) => void own.stdin.write(`${word} ${what}\n`);
  return {
    keep(child) {
      const { pid } = child;
      if (pid === undefined) return;
      say("keep", pid);
      child.once("exit", () => say("ended", pid));
    },
    folder: (path) => say("folder", path),
    async close() {
      own.stdin.end();
      await gone;
    },
  };
}

if (import.meta.main) {
  const pids = new Set<number>();
  const folders: string[] = [];
  const told = createInterface(process.stdin).on("line", (line) => {
    const [word, what = ""] = line.split(" ");
    if (word === "keep") pids.add(Number(what));
    else if (word === "ended") pids.delete(Number(what));
    else folders.push(what);
  });
  told.once("close", () => {
    for (const pid of pids) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {} // It has just ended by itself.
    }
    for (const path of folders) rmSync(path, { recursive: true, force: true });
  });
}
