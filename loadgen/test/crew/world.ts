import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createCollector } from "../../src/crew/collector.ts";
import { type WorkerOptions, work } from "../../src/crew/worker.ts";
import { openShop } from "./shop.ts";
import { standIn } from "./stand-in.ts";

interface Test {
  readonly onTestFinished: (end: () => Promise<void>) => void;
}

/** What a poll waits for takes as long as the machine needs. */
export const soon = { timeout: 15_000 };

/** Makes shops, collectors and workers for one test; what it made ends with it, the last first. */
export function createWorld({ onTestFinished }: Test) {
  const ends: (() => Promise<unknown>)[] = [];
  onTestFinished(async () => {
    for (const end of ends.reverse()) await end();
  });
  return {
    /** Ends with the test too. */
    later: (end: () => Promise<unknown>) => void ends.push(end),

    async shop(how: Parameters<typeof openShop>[0] = {}) {
      const shop = await openShop(how);
      ends.push(shop.close);
      return shop;
    },

    async collector(expect: number, more: Partial<Parameters<typeof createCollector>[0]> = {}) {
      const collector = await createCollector({ host: "127.0.0.1", port: 0, expect, ...more });
      ends.push(collector.close);
      return collector;
    },

    /** A worker in this process. */
    worker(port: number, name: string, more: Partial<WorkerOptions> = {}) {
      const end = new AbortController();
      const life = work({ host: "127.0.0.1", port, name, run: standIn, signal: end.signal, ...more });
      ends.push(async () => {
        end.abort();
        await life.catch(() => {});
      });
      return { life, end: () => end.abort() };
    },

    /** A process of one of the scripts beside this file; what it prints is at hand. */
    process(script: string, ...args: readonly string[]) {
      const path = fileURLToPath(new URL(script, import.meta.url));
      const child = spawn(process.execPath, [path, ...args], { stdio: ["pipe", "pipe", "inherit"] });
      const exited = once(child, "exit");
      let printed = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
      });
      ends.push(async () => {
        child.kill("SIGKILL");
        await exited;
      });
      return { child, exited, printed: () => printed };
    },
  };
}
