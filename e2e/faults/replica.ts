import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Name, roster } from "@boutique/contract/roster";
import type { Keeper } from "./keeper.ts";

const services = fileURLToPath(new URL("../../services", import.meta.url));
const leash = new URL("../../scripts/shop/leash.ts", import.meta.url);
// As `npm start` runs them.
const cache = fileURLToPath(new URL("../../node_modules/.cache/node", import.meta.url));
const lean = ["--single-threaded", "--max-semi-space-size=2", "--max-old-space-size=96"];

/** A line of a service that is a business event. */
export type Event = Readonly<Record<string, unknown>> & { readonly event: string };

/** Where one of a service's processes listens. */
export interface Ports {
  readonly host: string;
  readonly grpc: number;
  readonly metrics: number;
  readonly http: number;
}

/** What a replica is told, and who hears of it. */
export interface Orders {
  readonly ports: Ports;
  readonly environment: NodeJS.ProcessEnv;
  /** What is run instead of the service's own main. */
  readonly main?: string;
  /** Told of each business event. */
  readonly wrote: (event: Event) => void;
  /** Told of what it sends by its channel, if its main does; the answer goes back. */
  readonly asked?: (words: unknown, replica: Replica) => Promise<unknown>;
}

/** One process of a service, which can be hurt and comes back when it is told to, on the same ports. */
export interface Replica {
  readonly name: Name;
  readonly ports: Ports;
  readonly alive: () => boolean;
  /** Starts it and resolves once it serves. */
  start(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Ends it in order; resolves to its exit code. */
  stop(): Promise<number | null>;
  /** It keeps its connections and says no word. */
  freeze(): void;
  thaw(): void;
}

/** A replica that is not started yet. */
export function createReplica(name: Name, keeper: Keeper, orders: Orders): Replica {
  const { ports, environment, main = `${services}/${name}/src/main.ts`, wrote, asked } = orders;
  const { workload } = roster[name];
  let child: ChildProcess | undefined;

  const end = async (signal: NodeJS.Signals) => {
    const own = child;
    if (!own || own.exitCode !== null || own.signalCode !== null) return own?.exitCode ?? null;
    const ended = once(own, "exit");
    own.kill(signal);
    const [code] = await ended;
    return code as number | null;
  };

  const begin = () =>
    new Promise<void>((resolve, reject) => {
      const own = spawn(process.execPath, [`--import=${leash}`, ...lean, main], {
        cwd: `${services}/${name}`,
        env: {
          NODE_COMPILE_CACHE: cache,
          ...process.env,
          MALLOC_ARENA_MAX: "1",
          ...environment,
          ...environmentOf(ports, name),
        },
        stdio: asked ? ["pipe", "pipe", "inherit", "ipc"] : ["pipe", "pipe", "inherit"],
      });
      child = own;
      keeper.keep(own);
      own.once("error", reject);
      own.once("exit", (code, signal) => reject(new Error(`${workload} ended with ${signal ?? code} at its start`)));
      own.on("message", async (words) => {
        const answer = await asked?.(words, replica);
        if (own.connected) own.send(answer as number, () => {});
      });
      // A line that was cut short by a kill makes no sense, and is no event.
      createInterface({ input: own.stdout as NodeJS.ReadableStream }).on("line", (line) => {
        if (line.includes('"status":"SERVING"')) resolve();
        if (!line.includes('"event":"')) return;
        const event = readLine(line);
        if (event) wrote(event);
      });
    });

  const replica: Replica = {
    name,
    ports,
    alive: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    start: begin,
    kill: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
  };
  return replica;
}

const environmentOf = ({ host, grpc, metrics, http }: Ports, name: Name) => ({
  HOST: host,
  PORT: String(name === "frontend" ? http : grpc),
  GRPC_PORT: String(grpc),
  METRICS_PORT: String(metrics),
  BASE_URL: "",
});

function readLine(line: string): Event | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
