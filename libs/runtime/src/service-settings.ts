import { readFileSync } from "node:fs";
import { frontendGrpcPort, metricsPort, type Name, topology } from "@boutique/contract/topology";
import { faultSettings } from "./fault-settings.ts";
import { count, flag, milliseconds, oneOf, port, type Settings, text } from "./settings.ts";
import { tracingSettings } from "./tracing.ts";

/** The version of the whole repository. */
export const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));

/** What every service can be told. */
export const commonSettings = (name: Name) => ({
  HOST: { ...text("0.0.0.0", "The address to listen on."), alias: "LISTEN_ADDR" },
  PORT: {
    ...port(topology[name].port, name === "frontend" ? "The port for HTTP." : "The port for gRPC."),
    alias: "ASPNETCORE_HTTP_PORTS",
  },
  REUSE_PORT: flag(false, "Whether other processes may listen on PORT as well, to share its connections (Linux)."),
  GRPC_PORT: port(frontendGrpcPort, "The port for gRPC health and reflection."),
  METRICS_PORT: port(metricsPort, "The port for Prometheus metrics."),
  CALLS_AT_ONCE: count(100, "How many calls are served at once; others wait for their turn, in order."),
  QUEUE_TIMEOUT_MS: milliseconds(100, "The most that a call waits for its turn before it is refused."),
  LOG_LEVEL: oneOf(["debug", "info", "warn", "error", "fatal"], "info", "The least severe log lines to write."),
  APP_VERSION: text(version, "The version to say in logs, metrics and pages."),
  APP_COMMIT: text("", "The commit that was built, said by /version."),
  STOP_TIMEOUT_MS: milliseconds(15_000, "How long calls in flight may take to finish when stopping."),
  EVENT_KEY: {
    ...text("", "What shoppers' ids are hashed with in events; when empty, a key of each process alone."),
    secret: () => true,
  },
  ...faultSettings,
  ...tracingSettings,
});

/** What every service is told. */
export type CommonSettings = Settings<ReturnType<typeof commonSettings>>;
