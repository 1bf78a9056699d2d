import type { Tracer } from "./tracer.ts";

// Nobody imports this file but by import(): what it loads takes 11 MiB and 110 ms, for those who trace alone.

import {
  type Attributes,
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import { setGlobalErrorHandler } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-grpc";
import { defaultResource, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { NodeSDK } from "@opentelemetry/sdk-node";

export interface TracingOptions {
  readonly service: string;
  readonly version: string;
  /** A collector that takes OTLP over gRPC, "host:port" or a URL; with none, the standard variables say where spans go. */
  readonly collector: string | undefined;
  /** Told what goes wrong: at most once a minute. */
  readonly warn: (reason: string) => void;
}

/** Begins to export spans. `stop` sends what is left, for as long as it takes or the given time. */
export interface Tracing {
  readonly tracer: Tracer;
  stop(patience: number): Promise<void>;
}

const MINUTE = 60_000;

/**
 * Spans by way of OpenTelemetry's SDK, which reads its own standard variables: sampler, limits, resource, exporter.
 * Throws when the collector's address is none.
 */
export function startTracing({ service, version, collector, warn }: TracingOptions): Tracing {
  const complain = throttled(MINUTE, warn);
  // With it the SDK would write to the console, between the lines of our log.
  delete process.env.OTEL_LOG_LEVEL;
  diag.setLogger({ error: complain, warn: complain, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN);
  setGlobalErrorHandler((error) => complain(wordsOf(error)));
  const own = { "service.name": service, "service.version": version, "service.namespace": "boutique" };
  const sdk = new NodeSDK({
    resource: defaultResource().merge(resourceFromAttributes(own)),
    // Not the process's: its arguments and its owner are nobody's business.
    resourceDetectors: [envDetector],
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [],
    contextManager: null as never,
    textMapPropagator: null,
    ...(collector && { traceExporter: new OTLPTraceExporter({ url: urlOf(collector) }) }),
  });
  // OpenTelemetry knows one provider of a process; of services that share one, each has its own.
  trace.disable();
  sdk.start();
  return {
    tracer: createTracer(),
    async stop(patience) {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, patience);
      await Promise.race([sdk.shutdown().catch((error) => complain(wordsOf(error))), late.promise]);
      clearTimeout(timer);
    },
  };
}

const urlOf = (collector: string) => (collector.includes("://") ? collector : `http://${collector}`);

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT };

function createTracer(): Tracer {
  const tracer = trace.getTracer("boutique");
  // The default, and the name of all others that do what the caller's sampler did.
  const followsParent = /^(parentbased|$)/.test(process.env.OTEL_TRACES_SAMPLER?.trim() ?? "");
  return ({ name, kind, attributes }, { traceparent = "" }) => {
    const [, traceId = "", spanId = "", flags = ""] = traceparent.split("-");
    const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
    // Asked, the SDK would say no, and take its time for it: of a hundred traces, perhaps one is recorded.
    if (traceId && traceFlags === 0 && followsParent) return undefined;
    const remote = { traceId, spanId, traceFlags, isRemote: true };
    // Not checked here: a header that makes no sense is none to OpenTelemetry either, and begins a trace.
    const parent = traceId ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
    const span = tracer.startSpan(name, { kind: kinds[kind], attributes }, parent);
    const own = span.spanContext();
    return {
      traceparent: `00-${own.traceId}-${own.spanId}-0${own.traceFlags & 1}`,
      rename: (name) => void span.updateName(name),
      set: (more) => void span.setAttributes(more),
      event: (what, details) => void (span.isRecording() && span.addEvent(what, flat(details))),
      fail(type, words) {
        span.setAttribute("error.type", type);
        span.setStatus({ code: SpanStatusCode.ERROR, ...(words && { message: words }) });
      },
      end: () => span.end(),
    };
  };
}

/** Attributes are plain values: lists of objects and what is missing stay in the log. */
const flat = (details: Readonly<Record<string, unknown>> = {}): Attributes =>
  Object.fromEntries(
    Object.entries(details).filter(([, value]) => ["string", "number", "boolean"].includes(typeof value)),
  ) as Attributes;

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const MOST_KINDS = 20;

/** Passes on what is said once in so many milliseconds, each thing for itself, and says how often it kept it back. */
function throttled(milliseconds: number, tell: (words: string) => void) {
  const said = new Map<string, { quietUntil: number; silenced: number }>();
  return (words: string): void => {
    const known = said.get(words) ?? { quietUntil: 0, silenced: 0 };
    if (performance.now() < known.quietUntil) {
      known.silenced += 1;
      return;
    }
    tell(known.silenced > 0 ? `${words} (and ${known.silenced} more times in the last minute)` : words);
    if (said.size >= MOST_KINDS) said.clear();
    said.set(words, { quietUntil: performance.now() + milliseconds, silenced: 0 });
  };
}
