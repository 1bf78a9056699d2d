import type { Log } from "@boutique/telemetry/log";
import type { Attributes, SpanStart, Tracer } from "@boutique/telemetry/tracer";

/** What became of a span. */
export interface Recorded extends SpanStart {
  readonly parent: string | undefined;
  name: string;
  attributes: Attributes;
  failed?: string;
  ended: number;
}

/** A tracer that keeps its spans, which are all sampled and numbered. */
export function recordSpans() {
  const spans: Recorded[] = [];
  const tracer: Tracer = (start, { traceparent }) => {
    const span: Recorded = { ...start, parent: traceparent, ended: 0 };
    const number = spans.push(span);
    return {
      traceparent: `00-${"a".repeat(32)}-${String(number).padStart(16, "0")}-01`,
      rename(name) {
        span.name = name;
      },
      set(attributes) {
        span.attributes = { ...span.attributes, ...attributes };
      },
      event: () => {},
      fail(type) {
        span.failed = type;
      },
      end() {
        span.ended += 1;
      },
    };
  };
  return { spans, tracer };
}

/** A log that keeps its lines. */
export function recordLines() {
  const lines: object[] = [];
  const write = (fields: object, message: string) => void lines.push({ ...fields, message });
  return { lines, log: { debug: write, isLevelEnabled: () => true } as unknown as Log };
}
