import { describe, expect, it } from "vitest";
import { type OpenSpan, sampledIds, traceIds, within } from "../src/tracer.ts";

const span = { event() {}, set() {} };

const trace_id = "0af7651916cd43dd8448eb211c80319c";
const span_id = "b7ad6b7169203331";
const header = (flags: string) => ({ traceparent: `00-${trace_id}-${span_id}-${flags}` });

describe("the ids of a trace", () => {
  it("are those in its header, whether it is sampled or not", () => {
    expect(traceIds(header("01"))).toEqual({ trace_id, span_id });
    expect(traceIds(header("00"))).toEqual({ trace_id, span_id });
  });

  it.each([
    ["no request", undefined],
    ["no header", {}],
    ["an empty header", { traceparent: "" }],
    ["half a header", { traceparent: `00-${trace_id}` }],
  ])("are none with %s", (_, trace) => {
    expect(traceIds(trace)).toBeUndefined();
  });

  it.each(["01", "03", "ff", "0b"])("are an exemplar's if it is sampled, whatever else its flags %s say", (flags) => {
    expect(sampledIds({ trace: header(flags), span })).toEqual({ trace_id, span_id });
  });

  it.each(["00", "02", "fe", "10"])("are no exemplar's if nobody records it: flags %s", (flags) => {
    expect(sampledIds({ trace: header(flags), span })).toBeUndefined();
  });

  it("are no exemplar's if there are none", () => {
    expect(sampledIds({ trace: {}, span })).toBeUndefined();
  });
});

it("within a span calls are its children, and keep what else the context says", () => {
  const span = { traceparent: header("01").traceparent } as OpenSpan;
  const context = { deadline: 1, trace: { traceparent: "another", baggage: "a=1" } };

  expect(within(context, span)).toEqual({ deadline: 1, span, trace: { ...header("01"), baggage: "a=1" } });
});
