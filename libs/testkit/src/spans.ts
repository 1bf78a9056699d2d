// The protocol's own messages, which the package compiles in and shows to nobody else.
import root from "@opentelemetry/otlp-transformer/build/src/generated/root.js";

/** A span as it arrived at a collector, in plain words. */
export interface OtlpSpan {
  /** Hexadecimal, as in a traceparent; so are the other two. */
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first span of a trace. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: (typeof kinds)[number];
  /** Who sent it: its resource's service.name. */
  readonly service: string;
  readonly resource: Attributes;
  readonly attributes: Attributes;
  readonly events: readonly { readonly name: string; readonly attributes: Attributes }[];
  readonly status: { readonly code: (typeof codes)[number]; readonly message: string };
  /** Nanoseconds since the epoch. */
  readonly start: bigint;
  readonly end: bigint;
}

type Attributes = Readonly<Record<string, unknown>>;

const kinds = ["unspecified", "internal", "server", "client", "producer", "consumer"] as const;
const codes = ["unset", "ok", "error"] as const;

/** The spans in the bytes of an ExportTraceServiceRequest; throws when they are none. */
export function spansIn(bytes: Uint8Array): OtlpSpan[] {
  const options = { longs: String, defaults: true, oneofs: true };
  const { resourceSpans } = ExportTraceServiceRequest.toObject(ExportTraceServiceRequest.decode(bytes), options);
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const sender = recordOf(resource?.attributes ?? []);
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => spanOf(span, sender)));
  });
}

const spanOf = (span: SpanMessage, resource: Attributes): OtlpSpan => ({
  traceId: hex(span.traceId),
  spanId: hex(span.spanId),
  parentSpanId: hex(span.parentSpanId),
  name: span.name,
  kind: kinds[span.kind] ?? "unspecified",
  service: String(resource["service.name"] ?? ""),
  resource,
  attributes: recordOf(span.attributes),
  events: span.events.map(({ name, attributes }) => ({ name, attributes: recordOf(attributes) })),
  status: { code: codes[span.status?.code ?? 0] ?? "unset", message: span.status?.message ?? "" },
  start: BigInt(span.startTimeUnixNano),
  end: BigInt(span.endTimeUnixNano),
});

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

const recordOf = (attributes: readonly KeyValue[]): Attributes =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value && plain(value)]));

function plain({ value, intValue, arrayValue, ...others }: AnyValue): unknown {
  if (value === "intValue") return Number(intValue);
  if (value === "arrayValue") return arrayValue?.values.map(plain);
  return others[value];
}

/** What protobufjs makes of a request; a message that was not sent is null. */
interface ExportRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] } | null;
    readonly scopeSpans: readonly { readonly spans: readonly SpanMessage[] }[];
  }[];
}

interface SpanMessage {
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly parentSpanId: Uint8Array;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly KeyValue[];
  readonly events: readonly { readonly name: string; readonly attributes: readonly KeyValue[] }[];
  readonly status: { readonly code: number; readonly message: string } | null;
}

interface KeyValue {
  readonly key: string;
  readonly value: AnyValue | null;
}

/** `value` names the field that holds it. */
interface AnyValue {
  readonly value: string;
  readonly intValue?: string;
  readonly arrayValue?: { readonly values: readonly AnyValue[] };
  readonly [field: string]: unknown;
}

interface Generated {
  readonly opentelemetry: { proto: { collector: { trace: { v1: { ExportTraceServiceRequest: Codec } } } } };
}

interface Codec {
  decode(bytes: Uint8Array): unknown;
  toObject(message: unknown, options: object): ExportRequest;
}

const { ExportTraceServiceRequest } = (root as unknown as Generated).opentelemetry.proto.collector.trace.v1;
