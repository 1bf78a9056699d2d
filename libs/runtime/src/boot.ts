import { randomUUID } from "node:crypto";
import { rpcsOf } from "@boutique/contract/proto";
import { type Name, type Peers, type ServiceName, topology } from "@boutique/contract/topology";
import { currentContext } from "@boutique/rpc/context";
import { type Business, createBusiness } from "@boutique/telemetry/business";
import { createLog, type Log } from "@boutique/telemetry/log";
import { createMetrics, type Metrics } from "@boutique/telemetry/metrics";
import { traceIds } from "@boutique/telemetry/tracer";
import { StartError } from "./data.ts";
import { createFaults, type Faults, inWords } from "./faults.ts";
import { home } from "./home.ts";
import { connectPeers, type PeerSettings, peerSettings } from "./peers.ts";
import { observeRedis, type RedisClient } from "./redis.ts";
import { type CommonSettings, commonSettings, version } from "./service-settings.ts";
import { describe, readSettings, type Schema, type Settings } from "./settings.ts";
import { type Startable, starter } from "./start.ts";
import { createTracing } from "./tracing.ts";
import { type Version, versionOf } from "./version.ts";

/** A service that knows its settings and its peers and is ready to be started. */
export interface App<N extends Name, P extends ServiceName, S extends Schema> {
  readonly settings: Settings<S> & CommonSettings & ([P] extends [never] ? unknown : PeerSettings);
  readonly peers: Peers<P>;
  readonly log: Log;
  /** What runs here, to be said at /version. */
  readonly version: Version;
  /** What stands before each page of who serves pages; calls have it by themselves. */
  readonly faults: Faults["pages"];
  /** Where the service says what business it does. */
  readonly business: Business;
  /** To be told of its client, by a service that uses Redis, and whether it is there; its commands are then counted and traced. */
  readonly observeRedis: (client: RedisClient, up: () => boolean) => void;
  readonly start: Startable<N>;
}

/** What a running service is made of besides its handlers. */
export interface Household {
  readonly settings: CommonSettings;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly business: Business;
  readonly version: Version;
  readonly faults: Faults;
  readonly tracing: ReturnType<typeof createTracing>;
  readonly closePeers: () => void;
}

/**
 * The first line of every `main.ts`: reads the settings, all at once, opens the log and the channels. With bad settings
 * it says which, all of them, and exits with 1. With `--help` it prints the settings and exits; with `--signals` the
 * start prints the metrics and events as JSON and exits.
 */
export function boot<N extends Name, P extends ServiceName = never, S extends Schema = Record<never, never>>(
  name: N,
  { settings: own, peers = [] }: { settings?: S; peers?: readonly P[] } = {},
): App<N, P, S> {
  const { GRPC_PORT, REUSE_PORT, CALLS_AT_ONCE, QUEUE_TIMEOUT_MS, ...common } = commonSettings(name);
  const alone = name === "frontend" ? { GRPC_PORT, REUSE_PORT } : { CALLS_AT_ONCE, QUEUE_TIMEOUT_MS };
  const all = { ...common, ...alone, ...peerSettings(peers), ...own };
  const schema = all as unknown as ReturnType<typeof commonSettings> & ReturnType<typeof peerSettings> & S;
  const { workload } = topology[name];
  if (process.argv.includes("--help")) {
    console.log(
      `${workload} is told by its environment:\n${describe(schema)}\n\n--signals prints its metrics and events as JSON.`,
    );
    process.exit(0);
  }
  const settings = readOrExit(name, schema);
  const log = createLog({
    service: workload,
    version: settings.APP_VERSION,
    // What it prints is JSON from the first letter to the last.
    level: process.argv.includes("--signals") ? "silent" : settings.LOG_LEVEL,
    mixin: traceFields,
  });
  const metrics = createMetrics();
  const faults = createFaults(settings, serves(name), metrics);
  if (faults.told) log.warn({ faults: faults.told }, inWords(faults.told));
  const running = versionOf(workload, settings, faults.told);
  const business = createBusiness({ log, metrics, key: settings.EVENT_KEY || randomUUID() });
  home().onCrash(name, {
    tell(error) {
      if (error instanceof StartError) log.fatal(`cannot start: ${error.message}`);
      else log.fatal({ error }, "uncaught error");
    },
    save: business.flush,
  });
  const tracing = createTracing(workload, settings, log);
  const tracer = tracing.tracer;
  const { clients, close: closePeers } = connectPeers(peers, settings, { log, metrics, tracer });
  return {
    settings,
    peers: clients,
    log,
    version: running,
    faults: faults.pages,
    business,
    observeRedis: (client, up) => observeRedis(metrics, tracer, client, up),
    start: starter(name, { settings, log, metrics, business, version: running, faults, tracing, closePeers }),
  };
}

function readOrExit<S extends Schema>(name: Name, schema: S): Settings<S> {
  try {
    return readSettings(schema, home().environment(name));
  } catch (error) {
    const service = topology[name].workload;
    createLog({ service, version, level: "info" }).fatal(`cannot start: ${(error as Error).message}`);
    process.exit(1);
  }
}

/** The trace that a log line belongs to: of the request being served. */
const traceFields = () => traceIds(currentContext()?.trace) ?? {};

/** Whether a service has paths that begin so: one that has no calls has pages. */
const serves = (name: Name) => {
  const entry = topology[name];
  const paths = "service" in entry ? rpcsOf(entry.service).map(({ path }) => path) : undefined;
  return (prefix: string) => paths?.some((path) => path.startsWith(prefix)) ?? !prefix.startsWith("/hipstershop");
};
