import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
// As many as a shop with a second worker takes.
const PORTS = 42;

/** A command as someone types it. */
export interface Command {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Waits until the output has a text, and returns what matched. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  /** Waits for its end, and returns its exit code. */
  ended(): Promise<{ code: number | null }>;
}

/** Runs a command in the root of the repository, in a process group of its own, which ends with the test. */
export function run(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Command {
  const [program = "", ...args] = words;
  // As if npm had started it: then it also ends when the tests are killed.
  const env = { ...process.env, NO_COLOR: "1", npm_lifecycle_event: "start", ...environment };
  const child = spawn(program, args, { cwd: root, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const text = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (chunk: string) => {
      text[stream] += chunk;
    });
  }
  const closed = once(child, "close");
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid ?? 0), "SIGTERM");
    await closed;
  });
  const ended = async () => {
    const [code] = await closed;
    return { code };
  };
  return {
    child,
    ended,
    stdout: () => text.stdout,
    stderr: () => text.stderr,
    async until(pattern) {
      for (;;) {
        const found = pattern.exec(text.stdout + text.stderr);
        if (found) return found;
        if (child.exitCode !== null) throw new Error(`ended before ${pattern}:\n${text.stdout}${text.stderr}`);
        await sleep(20);
      }
    },
  };
}

/** The command that starts some services, without npm around it. */
export const shop = (port: number, ...options: readonly string[]): readonly string[] => [
  "node",
  "scripts/run.mjs",
  "scripts/shop.ts",
  "--port",
  String(port),
  ...options,
];

/** The processes that the shop's table names, by workload. */
export const pidsIn = (output: string): ReadonlyMap<string, number> =>
  new Map(
    [...output.matchAll(/^ {2}(\w+) +\S+:\d+ +\S+:\d+ +(\d+) /gm)].map(([, name = "", pid]) => [name, Number(pid)]),
  );

/** Whether a process runs; one that is dead and not yet buried does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== "linux") return true;
  try {
    return !/\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** The first of so many free ports in a row, somewhere where nobody is by default. */
export async function freeRange(): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 1_200) * 10;
    const range = Array.from({ length: PORTS }, (_, index) => first + index);
    if ((await Promise.all(range.map(isFree))).every(Boolean)) return first;
  }
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
