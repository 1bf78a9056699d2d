import { type OtlpReceiver, startOtlpReceiver } from "@boutique/testkit/otlp";
import { describe, expect, it, type TestContext, vi } from "vitest";
import { run } from "./process.ts";
import { relayService, sampled, startRelay, unsampled } from "./relay.ts";

// Processes are started, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

/** The names of the services whose spans arrived, of a relay that serves a call for each header and is then stopped. */
async function sendersOf({ onTestFinished }: TestContext, settings: Settings, ...traceparents: string[]) {
  const collector = await startOtlpReceiver();
  onTestFinished(collector.stop);
  const relay = await startRelay(settings(collector));
  onTestFinished(relay.kill);

  for (const traceparent of traceparents) await relay.ask("nothing", { ...(traceparent && { traceparent }) });

  const code = await relay.stop();
  const complaints = relay.lines.filter(
    ({ severity, trace_id }) => severity !== "info" || /^0+$/.test(String(trace_id)),
  );
  if (code !== 0 || complaints.length > 0) throw new Error(`ended with ${code}: ${JSON.stringify(complaints)}`);
  return collector.spans().map(({ service }) => service);
}

/** Of a call that is part of no trace. */
const none = "";

type Settings = (collector: OtlpReceiver) => NodeJS.ProcessEnv;

// The SDK sends what it has every five seconds: what arrives here was sent by the stop.
describe.concurrent("spans are exported, those of the last call before a stop as well", () => {
  it.for<[string, Settings]>([
    ["as the original's settings say", ({ grpc }) => ({ ENABLE_TRACING: "1", COLLECTOR_SERVICE_ADDR: grpc })],
    [
      "to a collector given as a URL",
      ({ grpc }) => ({ ENABLE_TRACING: "true", COLLECTOR_SERVICE_ADDR: `http://${grpc}` }),
    ],
    ["over HTTP, as the standard variable says", ({ http }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: http })],
    [
      "over gRPC, as the standard variables say",
      ({ grpc }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://${grpc}`, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }),
    ],
    ["where traces alone go", ({ http }) => ({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${http}/v1/traces` })],
    [
      "and nothing else is, whatever else could be",
      ({ http }) => ({
        OTEL_EXPORTER_OTLP_ENDPOINT: http,
        OTEL_METRICS_EXPORTER: "otlp",
        OTEL_LOGS_EXPORTER: "otlp",
        OTEL_METRIC_EXPORT_INTERVAL: "10",
        OTEL_METRIC_EXPORT_TIMEOUT: "10",
        OTEL_NODE_EXPERIMENTAL_SDK_METRICS: "true",
        OTEL_LOG_LEVEL: "debug",
      }),
    ],
  ])("%s", async ([, settings], context) => {
    context.expect(await sendersOf(context, settings, none)).toEqual(["checkoutservice"]);
  });

  it("under the name that the standard variables give", async (context) => {
    const named = (env: NodeJS.ProcessEnv) =>
      sendersOf(context, ({ http }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: http, ...env }), none);

    context.expect(await named({ OTEL_SERVICE_NAME: "mine" })).toEqual(["mine"]);
    context.expect(await named({ OTEL_RESOURCE_ATTRIBUTES: "service.name=ours" })).toEqual(["ours"]);
  });

  it("when the caller's are, whatever share of traces is begun", async (context) => {
    const few = ({ http }: OtlpReceiver) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: http,
      OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
      OTEL_TRACES_SAMPLER_ARG: "0",
    });

    context.expect(await sendersOf(context, few, none)).toEqual([]);
    context.expect(await sendersOf(context, few, sampled)).toEqual(["checkoutservice"]);
  });
});

describe.concurrent("spans are not exported", () => {
  it.for<[string, Settings]>([
    ["when nobody asks for it", ({ grpc }) => ({ COLLECTOR_SERVICE_ADDR: grpc })],
    [
      "when the SDK is disabled, whatever else is set",
      ({ grpc, http }) => ({
        ENABLE_TRACING: "1",
        COLLECTOR_SERVICE_ADDR: grpc,
        OTEL_EXPORTER_OTLP_ENDPOINT: http,
        OTEL_SDK_DISABLED: "true",
      }),
    ],
    [
      "when there is to be no exporter",
      ({ http }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: http, OTEL_TRACES_EXPORTER: "none" }),
    ],
    [
      "when none are to be recorded",
      ({ http }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: http, OTEL_TRACES_SAMPLER: "always_off" }),
    ],
  ])("%s", async ([, settings], context) => {
    context.expect(await sendersOf(context, settings, none, sampled)).toEqual([]);
  });

  it("when the caller's are not", async (context) => {
    context
      .expect(await sendersOf(context, ({ http }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: http }), unsampled))
      .toEqual([]);
  });
});

it.each([
  ["COLLECTOR_SERVICE_ADDR", { ENABLE_TRACING: "1", COLLECTOR_SERVICE_ADDR: "no address" }, "(no address)"],
  [
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    { OTEL_EXPORTER_OTLP_ENDPOINT: "http://me:s3cret@", OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" },
    "(as the OTEL variables say)",
  ],
])("a %s that is none is a reason not to start, said in one line", async (_, env, place) => {
  const service = run(relayService, env);

  expect(await service.ended()).toBe(1);
  expect(service.lines).toEqual([
    expect.objectContaining({
      severity: "fatal",
      message: `cannot start: traces cannot be exported ${place}: Invalid URL`,
    }),
  ]);
});
