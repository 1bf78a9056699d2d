import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { type Name, names, roster } from "../../libs/contract/src/roster.ts";
import type { Options } from "./options.ts";

/** How one service is to be run. */
export interface Plan {
  readonly name: Name;
  readonly workload: string;
  readonly folder: string;
  /** Its ports; `http` is the storefront's alone. */
  readonly ports: { readonly grpc: number; readonly metrics: number; readonly http?: number };
  readonly environment: NodeJS.ProcessEnv;
}

/** The root of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** How an address and a port are written together. */
export const hostPort = (host: string, port: number): string => `${host.includes(":") ? `[${host}]` : host}:${port}`;

/** Where to call what listens on an address: one that means all of the machine's is no place to go to. */
export const reachable = (host: string): string => (["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host);

/** A place in the range of ports for everyone, whether they are started or not, so that two halves make a shop. */
export function planFor({ host, port, redis, chosen, watch }: Options, given: NodeJS.ProcessEnv): readonly Plan[] {
  const portsOf = (name: Name) => {
    const place = names.indexOf(name);
    const own = { grpc: port + 1 + place, metrics: port + 1 + names.length + place };
    return name === "frontend" ? { http: port, ...own } : own;
  };
  const addresses = names.map((name) => {
    const { address } = roster[name];
    const { grpc, http }: Plan["ports"] = portsOf(name);
    const here = hostPort(reachable(host), http ?? grpc);
    return [address, chosen.includes(name) ? here : given[address] || here];
  });
  // One key for all of a shop, so that a shopper has the same hash in the events of every service.
  const eventKey = given.EVENT_KEY || randomUUID();
  return chosen.map((name) => {
    const ports: Plan["ports"] = portsOf(name);
    return {
      name,
      workload: roster[name].workload,
      folder: `${root}services/${name}`,
      ports,
      environment: {
        ...given,
        ...Object.fromEntries(addresses),
        HOST: host,
        PORT: String(ports.http ?? ports.grpc),
        GRPC_PORT: String(ports.grpc),
        METRICS_PORT: String(ports.metrics),
        REDIS_ADDR: redis ?? "",
        EVENT_KEY: eventKey,
        STOP_TIMEOUT_MS: String(patience(name, watch)),
      },
    };
  });
}

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
