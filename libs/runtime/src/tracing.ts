import { AsyncResource } from "node:async_hooks";
import type { Log } from "@boutique/telemetry/log";
import type { Tracing } from "@boutique/telemetry/tracing";
import { StartError } from "./data.ts";
import { flag, type Setting, type Settings, text } from "./settings.ts";
import type { CurrentTracer } from "./trace.ts";

// Not the console: it would write between the lines of the log.
const exporters = ["otlp", "zipkin", "none"];
function exporter(about: string): Setting<string> {
  const parse = (given: string) => exporters.find((known) => known === given.toLowerCase());
  return { fallback: "", about, kind: "otlp, zipkin or none", parse };
}

/** What says whether there are traces, and where they go. */
export const tracingSettings = {
  ENABLE_TRACING: flag(
    false,
    "Whether to export traces (OTLP), to COLLECTOR_SERVICE_ADDR or as the OTEL variables say.",
  ),
  COLLECTOR_SERVICE_ADDR: text(
    "",
    "The collector that takes traces over gRPC; localhost:4317 when nothing else is set.",
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: text("", "The collector as a URL; when it is set, traces are exported."),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: text("", "The same for traces alone."),
  OTEL_TRACES_EXPORTER: exporter("otlp, the default, or zipkin; none for no traces, whatever else is set."),
  OTEL_SERVICE_NAME: text("", "The service's name in traces, instead of its workload's."),
  OTEL_SDK_DISABLED: {
    ...flag(false, "Whether to export no traces, whatever else is set: true, or anything else for false."),
    // As OpenTelemetry has it: a word that is wrong is no reason to stand still.
    parse: (given: string) => given.toLowerCase() === "true",
  },
};

const FLUSH_MS = 2_000;

/** Tracing for those who want it; for the others nothing of OpenTelemetry's SDK is loaded. */
export function createTracing(workload: string, settings: TracingSettings, log: Log) {
  const { ENABLE_TRACING, COLLECTOR_SERVICE_ADDR, OTEL_SERVICE_NAME, APP_VERSION } = settings;
  const isForbidden = settings.OTEL_SDK_DISABLED || settings.OTEL_TRACES_EXPORTER === "none";
  const isToldWhere = Boolean(
    settings.OTEL_EXPORTER_OTLP_ENDPOINT ||
      settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ||
      settings.OTEL_TRACES_EXPORTER,
  );
  let tracing: Tracing | undefined;
  const tracer: CurrentTracer = () => tracing?.tracer;
  return {
    tracer,
    async begin(): Promise<void> {
      if (isForbidden || !(ENABLE_TRACING || isToldWhere)) return;
      const collector = COLLECTOR_SERVICE_ADDR || (isToldWhere ? undefined : "localhost:4317");
      const { startTracing } = await import("@boutique/telemetry/tracing");
      // Bound to the start: it is told while some request is served, which it is not about.
      const warn = AsyncResource.bind((reason: string) =>
        log.warn({ reason }, "traces are not exported as they should be"),
      );
      const place = collector ?? "as the OTEL variables say";
      try {
        tracing = startTracing({ service: OTEL_SERVICE_NAME || workload, version: APP_VERSION, collector, warn });
      } catch (error) {
        throw new StartError(`traces cannot be exported (${place}): ${(error as Error).message}`, { cause: error });
      }
      log.info({ collector: place }, "traces are exported");
    },
    stop: async () => tracing?.stop(FLUSH_MS),
  };
}

type TracingSettings = Settings<typeof tracingSettings> & { readonly APP_VERSION: string };
