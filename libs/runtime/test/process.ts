import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** A line of a service's log. */
export type Line = Readonly<Record<string, unknown>>;

/** A service as a process of the test's own. */
export interface Running {
  readonly process: ChildProcess;
  /** What it logged so far. */
  readonly lines: readonly Line[];
  /** Waits for a line that has these fields. */
  line(fields: Line): Promise<Line>;
  /** Waits for its end: the exit code, or the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals>;
  /** Ends it at once. */
  kill(): Promise<void>;
}

/** Where the model of a service begins. */
export const shipping = fileURLToPath(new URL("../../../services/shipping/src/main.ts", import.meta.url));

/** A service whose GetQuote says "begun" to the test and answers when the test says anything back. */
export const slow = fileURLToPath(new URL("slow-service.ts", import.meta.url));

/** Runs a service on free ports of the loopback, with more environment if need be, until the test ends. */
export function run(main: string, env?: NodeJS.ProcessEnv): Running {
  const service = start(main, env);
  onTestFinished(service.kill);
  return service;
}

/** The same until the caller ends it. */
export function start(main: string, env: NodeJS.ProcessEnv = {}): Running {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [main], {
    env: { PATH, NODE_COMPILE_CACHE, HOST: "127.0.0.1", PORT: "0", METRICS_PORT: "0", ...env },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
  };
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (text) => {
    lines.push(parsed(text));
    wake();
  });
  // A run that is broken off leaves none behind.
  const orphan = () => child.kill("SIGKILL");
  process.once("exit", orphan);
  child.once("exit", () => process.off("exit", orphan));
  const end = once(child, "close").then(([code, signal]) => code ?? signal);
  return {
    process: child,
    lines,
    line: (fields) =>
      new Promise((resolve) => {
        const look = () => {
          const found = lines.find((line) => Object.entries(fields).every(([name, value]) => line[name] === value));
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    ended: () => end,
    async kill() {
      child.kill("SIGKILL");
      await end;
    },
  };
}

/** A line of the log, which is JSON; what is none shows up as what it is. */
function parsed(text: string): Line {
  try {
    return JSON.parse(text);
  } catch {
    return { severity: "not JSON", message: text };
  }
}

/** The ports of a service, once it says SERVING. */
export async function ports(service: Running): Promise<{ grpc: number; metrics: number }> {
  const { grpc, metrics } = await service.line({ status: "SERVING" });
  return { grpc: Number(grpc), metrics: Number(metrics) };
}
