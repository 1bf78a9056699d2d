import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { type Name, names, roster } from "../../libs/contract/src/roster.ts";
import { type Options, portCount } from "./options.ts";

/** How one service is to be run. */
export interface Plan {
  readonly name: Name;
  readonly workload: string;
  readonly folder: string;
  /** Its ports; `http` is the storefront's alone. */
  readonly ports: { readonly grpc: number; readonly metrics: number; readonly http?: number };
  readonly environment: NodeJS.ProcessEnv;
  /** Which of the workers that share the storefront's port it belongs to, from 0. */
  readonly replica: number;
}

/** A process: what it runs, and for which services. */
export interface Job {
  readonly name: string;
  readonly plans: readonly Plan[];
  /** What it runs, with its arguments. */
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** The root of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** How an address and a port are written together. */
export const hostPort = (host: string, port: number): string => `${host.includes(":") ? `[${host}]` : host}:${port}`;

/** Where to call what listens on an address: one that means all of the machine's is no place to go to. */
export const reachable = (host: string): string => (["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host);

/**
 * A place in the range of ports for everyone, whether they are started or not, so that two halves make a shop. Each
 * worker after the first has a range of its own behind it, but for the storefront's port.
 */
export function planFor(options: Options, given: NodeJS.ProcessEnv): readonly Plan[] {
  const { host, port, redis, chosen, watch, colocated, workers } = options;
  const portsOf = (name: Name, replica: number) => {
    const first = port + 1 + replica * portCount + names.indexOf(name);
    const own = { grpc: first, metrics: first + names.length };
    return name === "frontend" ? { http: port, ...own } : own;
  };
  const addresses = names.map((name) => {
    const { address } = roster[name];
    const { grpc, http }: Plan["ports"] = portsOf(name, 0);
    const here = hostPort(reachable(host), http ?? grpc);
    return [address, chosen.includes(name) ? here : given[address] || here];
  });
  // One key for all of a shop, so that a shopper has the same hash in the events of every service.
  const eventKey = given.EVENT_KEY || randomUUID();
  const plan = (name: Name, replica: number): Plan => {
    const ports: Plan["ports"] = portsOf(name, replica);
    return {
      name,
      workload: roster[name].workload,
      folder: `${root}services/${name}`,
      ports,
      replica,
      environment: {
        ...lean,
        ...given,
        ...Object.fromEntries(addresses),
        HOST: host,
        PORT: String(ports.http ?? ports.grpc),
        REUSE_PORT: workers > 1 && name === "frontend" ? "1" : "",
        GRPC_PORT: String(ports.grpc),
        METRICS_PORT: String(ports.metrics),
        REDIS_ADDR: redis ?? "",
        EVENT_KEY: eventKey,
        STOP_TIMEOUT_MS: String(patience(name, watch)),
      },
    };
  };
  return Array.from({ length: workers }, (_, replica) => replica).flatMap((replica) =>
    chosen.filter((name) => replica === 0 || colocated || name === "frontend").map((name) => plan(name, replica)),
  );
}

/** Each service as a process of its own, or all of a worker together in one, which is told the same options. */
export function jobsFor(plans: readonly Plan[], { colocated }: Options, args: readonly string[]): readonly Job[] {
  if (!colocated) {
    return plans.map((plan) => {
      const { workload: name, folder, environment } = plan;
      return { name, plans: [plan], folder, environment, command: [...small, `${folder}/src/main.ts`] };
    });
  }
  return Array.from(
    Map.groupBy(plans, ({ replica }) => replica),
    ([replica, own]) => ({
      name: "the shop",
      plans: own,
      folder: root,
      environment: { ...own[0]?.environment, REPLICA: String(replica) },
      command: [...large, `${root}scripts/shop/together.ts`, ...args],
    }),
  );
}

// Measured by `npm run bench` (docs/decisions/012-flags.md): V8's helper threads cost ten processes on two cores more than
// they help, and old space is what keeps a leak from taking the laptop: no service needs half of it.
const small = ["--single-threaded", "--max-semi-space-size=2", "--max-old-space-size=96"];
const large = ["--single-threaded", "--max-semi-space-size=8", "--max-old-space-size=256"];
// Each thread of malloc's would keep memory of its own.
const lean = { MALLOC_ARENA_MAX: "1" };

/**
 * How long a service may take to finish its calls. The storefront drains first, then those it calls, who then have
 * nothing left to do: 5 s for all of it. Checkout has more, since it may be in the middle of an order.
 */
const patience = (name: Name, watch: boolean) =>
  ({ frontend: watch ? 300 : 3_000, checkout: 4_000 })[name as string] ?? (watch ? 300 : 1_000);

/** Those that a storefront cannot sell without, and that are neither started nor said to be elsewhere. */
export const missed = ({ chosen }: Options, given: NodeJS.ProcessEnv): readonly string[] =>
  names
    .filter((name) => chosen.includes("frontend") && !chosen.includes(name))
    .filter((name) => !roster[name].optional && !given[roster[name].address])
    .map((name) => roster[name].workload);
