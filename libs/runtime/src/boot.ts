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
import { createLog, type Log } from "@boutique/telemetry/log";
import { StartError } from "./data.ts";
import { connectPeers, type PeerSettings, peerSettings } from "./peers.ts";
import { describe, milliseconds, oneOf, port, readSettings, type Schema, type Settings, text } from "./settings.ts";
import { type Startable, starter } from "./start.ts";

const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));

/** What every service can be told. */
const commonSettings = (name: Name) => ({
  HOST: { ...text("0.0.0.0", "The address to listen on."), alias: "LISTEN_ADDR" },
  PORT: {
    ...port(topology[name].port, name === "frontend" ? "The port for HTTP." : "The port for gRPC."),
    alias: "ASPNETCORE_HTTP_PORTS",
  },
  GRPC_PORT: port(frontendGrpcPort, "The port for gRPC health and reflection."),
  METRICS_PORT: port(metricsPort, "The port for Prometheus metrics."),
  LOG_LEVEL: oneOf(["debug", "info", "warn", "error", "fatal"], "info", "The least severe log lines to write."),
  APP_VERSION: text(version, "The version to say in logs, metrics and pages."),
  STOP_TIMEOUT_MS: milliseconds(15_000, "How long calls in flight may take to finish when stopping."),
});

export type CommonSettings = Settings<ReturnType<typeof commonSettings>>;

/** A service that knows its settings and its peers and is ready to be started. */
export interface App<N extends Name, P extends ServiceName, S extends Schema> {
  readonly settings: Settings<S> & CommonSettings & ([P] extends [never] ? unknown : PeerSettings);
  readonly peers: Peers<P>;
  readonly log: Log;
  readonly start: Startable<N>;
}

/**
 * The first line of every `main.ts`: reads the settings, all at once, opens the log and the channels. With bad settings
 * it says which, all of them, and exits with 1. With `--help` it prints the settings and exits.
 */
export function boot<N extends Name, P extends ServiceName = never, S extends Schema = Record<never, never>>(
  name: N,
  { settings: own, peers = [] }: { settings?: S; peers?: readonly P[] } = {},
): App<N, P, S> {
  const { GRPC_PORT, ...common } = commonSettings(name);
  const all = { ...common, ...(name === "frontend" && { GRPC_PORT }), ...peerSettings(peers), ...own };
  const schema = all as unknown as ReturnType<typeof commonSettings> & ReturnType<typeof peerSettings> & S;
  const { workload } = topology[name];
  if (process.argv.includes("--help")) {
    console.log(`${workload} is told by its environment:\n${describe(schema)}`);
    process.exit(0);
  }
  const settings = readOrExit(workload, schema);
  const log = createLog({
    service: workload,
    version: settings.APP_VERSION,
    level: settings.LOG_LEVEL,
    mixin: traceFields,
  });
  process.on("uncaughtException", (error) => {
    if (error instanceof StartError) log.fatal(`cannot start: ${error.message}`);
    else log.fatal({ error }, "uncaught error");
    process.exit(1);
  });
  const { clients, close } = connectPeers(peers, settings, log);
  return { settings, peers: clients, log, start: starter(name, settings, log, close) };
}

function readOrExit<S extends Schema>(service: string, schema: S): Settings<S> {
  try {
    return readSettings(schema, process.env);
  } catch (error) {
    createLog({ service, version, level: "info" }).fatal(`cannot start: ${(error as Error).message}`);
    process.exit(1);
  }
}

/** The trace that a log line belongs to, from the W3C header of the request being served. */
function traceFields(): Record<string, string> {
  const [, trace_id, span_id] = currentContext()?.trace.traceparent?.split("-") ?? [];
  return trace_id && span_id ? { trace_id, span_id } : {};
}
