import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { hostname } from "node:os";
import { fileURLToPath } from "node:url";
import { type CollectorOptions, createCollector } from "./collector.ts";
import type { Crew } from "./crew.ts";

const main = fileURLToPath(new URL("worker-main.ts", import.meta.url));

/** How long a worker may take to end by itself, milliseconds. */
const PATIENCE_MS = 10_000;

/** The pause before another is started in the place of one that died, milliseconds. */
const PAUSE_MS = 1_000;

/** What those who start processes here may want to know of them. */
export interface LocalCrew extends Crew {
  /** Of those that live. */
  readonly pids: () => readonly number[];
}

/**
 * A crew of so many processes of this machine, each on a core if there are as many. One that dies is replaced, for the
 * next order. They end with this process, however it ends.
 */
export async function createLocalCrew(
  workers: number,
  { waiting = () => {}, say = () => {} }: Pick<CollectorOptions, "waiting" | "say"> = {},
): Promise<LocalCrew> {
  // Others on this machine can reach the port as well.
  const token = randomUUID();
  const collector = await createCollector({ host: "127.0.0.1", port: 0, expect: workers, token, waiting });
  const children = new Set<ChildProcess>();
  const pauses = new Set<NodeJS.Timeout>();
  let wanted = true;

  const start = (place: number) => {
    const name = `${hostname()}-${process.pid}-${place}`;
    const child = spawn(process.execPath, [main, String(collector.port), name], {
      env: { ...process.env, LOADGEN_TOKEN: token },
      stdio: ["pipe", "ignore", "inherit"],
      // A group of its own: a terminal's Ctrl-C reaches this process alone, which then ends the run in order.
      detached: process.platform !== "win32",
    });
    children.add(child);
    const ended = (how: unknown, signal?: unknown) => {
      if (!children.delete(child) || !wanted) return;
      say(`worker ${name} ended (${signal ?? how}): another is started in its place, for the next run`);
      const pause = setTimeout(() => {
        pauses.delete(pause);
        start(place);
      }, PAUSE_MS);
      pauses.add(pause);
    };
    child.once("error", ({ message }) => ended(message)).once("exit", ended);
  };
  for (let place = 1; place <= workers; place += 1) start(place);

  return {
    ...collector,
    pids: () => Array.from(children, ({ pid }) => pid).filter((pid) => pid !== undefined),
    async close() {
      wanted = false;
      for (const pause of pauses) clearTimeout(pause);
      const leaving = Array.from(children, async (child) => {
        const late = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
        const gone = once(child, "exit");
        child.kill("SIGTERM");
        await gone;
        clearTimeout(late);
      });
      await Promise.all(leaving);
      await collector.close();
    },
  };
}
