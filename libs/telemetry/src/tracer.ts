import type { Context, Span } from "@boutique/contract/proto";

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** What a span is about to measure. */
export interface SpanStart {
  readonly name: string;
  readonly kind: "server" | "client";
  readonly attributes: Attributes;
}

/** A span under way. */
export interface OpenSpan extends Span {
  /** The W3C header that makes others its children. */
  readonly traceparent: string;
  rename(name: string): void;
  /** It failed: of an error by that name, in words that may be told. */
  fail(type: string, words?: string): void;
  end(): void;
}

/** Begins spans, as children of the one that the W3C headers name; none in a trace that nobody records. */
export type Tracer = (start: SpanStart, parent: Context["trace"]) => OpenSpan | undefined;

/** A context in which calls are children of a span. */
export const within = <C extends Pick<Context, "trace">>(context: C, span: OpenSpan): C & { span: Span } => ({
  ...context,
  trace: { ...context.trace, traceparent: span.traceparent },
  span,
});

/** The trace and span of W3C headers, to stand in a log line; undefined where there is none. */
export function traceIds(trace: Context["trace"] | undefined): { trace_id: string; span_id: string } | undefined {
  const [, trace_id, span_id] = trace?.traceparent?.split("-") ?? [];
  return trace_id && span_id ? { trace_id, span_id } : undefined;
}

/** The same where somebody will find that trace, to stand as an exemplar: one that is recorded here. */
export const sampledIds = ({ trace, span }: Pick<Context, "trace" | "span">): ReturnType<typeof traceIds> =>
  span && isSampled.test(trace.traceparent ?? "") ? traceIds(trace) : undefined;

// The last bit of the flags; others may be set too.
const isSampled = /[13579bdf]$/;
