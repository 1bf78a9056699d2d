import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  frontendGrpcPort,
  metricsPort,
  type Name,
  type Peers,
  type ServiceName,
  topology,
} from "@boutique/contract/topology";
import { currentContext } from "@boutique/rpc/context";
import { type Business, createBusiness } from "@boutique/telemetry/business";
import { createLog, type Log } from "@boutique/telemetry/log";
import { createMetrics, type Metrics } from "@boutique/telemetry/metrics";
import { traceIds } from "@boutique/telemetry/tracer";
import { StartError } from "./data.ts";
import { home } from "./home.ts";
import { connectPeers, type PeerSettings, peerSettings } from "./peers.ts";
import { observeRedis } from "./redis.ts";
import {
  describe,
  flag,
  milliseconds,
  oneOf,
  port,
  readSettings,
  type Schema,
  type Settings,
  text,
} from "./settings.ts";
import { type Startable, starter } from "./start.ts";
import { createTracing, tracingSettings } from "./tracing.ts";

const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));

/** What every service can be told. */
const commonSettings = (name: Name) => ({
  HOST: { ...text("0.0.0.0", "The address to listen on."), alias: "LISTEN_ADDR" },
  PORT: {
    ...port(topology[name].port, name === "frontend" ? "The port for HTTP." : "The port for gRPC."),
    alias: "ASPNETCORE_HTTP_PORTS",
  },
  REUSE_PORT: flag(false, "Whether other processes may listen on PORT as well, to share its connections (Linux)."),
  GRPC_PORT: port(frontendGrpcPort, "The port for gRPC health and reflection."),
  METRICS_PORT: port(metricsPort, "The port for Prometheus metrics."),
  LOG_LEVEL: oneOf(["debug", "info", "warn", "error", "fatal"], "info", "The least severe log lines to write."),
  APP_VERSION: text(version, "The version to say in logs, metrics and pages."),
  STOP_TIMEOUT_MS: milliseconds(15_000, "How long calls in flight may take to finish when stopping."),
  EVENT_KEY: {
    ...text("", "What shoppers' ids are hashed with in events; when empty, a key of each process alone."),
    secret: () => true,
  },
  ...tracingSettings,
});

export type CommonSettings = Settings<ReturnType<typeof commonSettings>>;

/** A service that knows its settings and its peers and is ready to be started. */
export interface App<N extends Name, P extends ServiceName, S extends Schema> {
  readonly settings: Settings<S> & CommonSettings & ([P] extends [never] ? unknown : PeerSettings);
  readonly peers: Peers<P>;
  readonly log: Log;
  /** Where the service says what business it does. */
  readonly business: Business;
  /** To be told whether Redis is there, by a service that uses one; its commands are then counted and traced. */
  readonly observeRedis: (up: () => boolean) => void;
  readonly start: Startable<N>;
}

/** What a running service is made of besides its handlers. */
export interface Household {
  readonly settings: CommonSettings;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly business: Business;
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
  const { GRPC_PORT, REUSE_PORT, ...common } = commonSettings(name);
  const all = { ...common, ...(name === "frontend" && { GRPC_PORT, REUSE_PORT }), ...peerSettings(peers), ...own };
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
    business,
    observeRedis: (up) => observeRedis(metrics, tracer, up),
    start: starter(name, { settings, log, metrics, business, tracing, closePeers }),
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
