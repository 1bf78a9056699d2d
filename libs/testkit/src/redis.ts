import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "vitest";

/** A real Redis of a test's own. */
export interface RedisServer {
  readonly port: number;
  /** "127.0.0.1:port", as REDIS_ADDR takes it. */
  readonly address: string;
  readonly url: string;
  /** The process that it is now. */
  readonly process: () => ChildProcess;
  /** Starts it again after `stop` or `kill`, on the same port and in the same folder. */
  start(): Promise<void>;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Freezes it: it still accepts connections and never says a word. */
  pause(): void;
  resume(): void;
  /** Ends it, whatever state it is in, and removes its folder. */
  dispose(): Promise<void>;
}

/** Why there can be no Redis on this machine, and what to install; undefined where there can. */
export const redisMissing = spawnSync("redis-server", ["--version"]).error
  ? "redis-server is missing: apt-get install redis-server, or brew install redis"
  : undefined;

/** A Redis until the test ends. Without one on the machine the test is skipped; in CI it fails. */
export async function redisFor({ skip, onTestFinished }: TestContext, ...options: string[]): Promise<RedisServer> {
  if (redisMissing && process.env.CI !== "true") skip(redisMissing);
  const redis = await startRedis(...options);
  onTestFinished(redis.dispose);
  return redis;
}

/** Starts a Redis on a free port, with more options for its command line if need be; the caller disposes of it. */
export async function startRedis(...options: string[]): Promise<RedisServer> {
  if (redisMissing) throw new Error(redisMissing);
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "redis-"));
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  let server: ChildProcess | undefined;

  const start = async () => {
    server = spawn("redis-server", [...args, ...options], { stdio: ["ignore", "pipe", "inherit"] });
    // A run that is broken off leaves none behind.
    const orphan = () => server?.kill("SIGKILL");
    process.once("exit", orphan);
    server.once("exit", () => process.off("exit", orphan));
    await ready(server);
  };
  const end = async (signal: NodeJS.Signals) => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  };

  await start();
  return {
    port,
    address: `127.0.0.1:${port}`,
    url: `redis://127.0.0.1:${port}`,
    process: () => server as ChildProcess,
    start,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    pause: () => void server?.kill("SIGSTOP"),
    resume: () => void server?.kill("SIGCONT"),
    dispose: async () => {
      await end("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves once it says that it accepts connections; rejects with what it said when it ends instead. */
const ready = (server: ChildProcess) =>
  new Promise<void>((resolve, reject) => {
    let said = "";
    server.stdout?.on("data", (chunk) => {
      said += chunk;
      if (said.includes("Ready to accept connections")) resolve();
    });
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`redis-server ended at its start:\n${said}`)));
  });

async function freePort(): Promise<number> {
  // Not from where the system takes ports for outgoing connections: a server that is stopped comes back to its own.
  const port = 10_000 + Math.floor(Math.random() * 9_000);
  const probe = createServer().listen(port, "127.0.0.1");
  const isFree = await once(probe, "listening").then(
    () => true,
    () => false,
  );
  if (!isFree) return freePort();
  probe.close();
  await once(probe, "close");
  return port;
}
