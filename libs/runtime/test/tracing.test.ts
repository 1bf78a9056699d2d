import { health } from "@boutique/contract/proto";
import { RpcError } from "@boutique/rpc/error";
import { type OtlpReceiver, startOtlpReceiver } from "@boutique/testkit/otlp";
import type { OtlpSpan } from "@boutique/testkit/spans";
import { credentials } from "@grpc/grpc-js";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { listServices, reflect } from "./reflect.ts";
import { openCart, type Relay, sampled, startRelay, unsampled } from "./relay.ts";

// Processes are started, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const placeOrder = "hipstershop.CheckoutService/PlaceOrder";
const getCart = "hipstershop.CartService/GetCart";
const emptyCart = "hipstershop.CartService/EmptyCart";

let collector: OtlpReceiver;
let cart: Awaited<ReturnType<typeof openCart>>;
let relay: Relay;

beforeAll(async () => {
  collector = await startOtlpReceiver();
  cart = await openCart();
  const traced = {
    ENABLE_TRACING: "1",
    COLLECTOR_SERVICE_ADDR: collector.grpc,
    CART_SERVICE_ADDR: cart.address,
    WRITE_TIMEOUT_MS: "200",
    OTEL_BSP_SCHEDULE_DELAY: "20",
    OTEL_RESOURCE_ATTRIBUTES: "deployment.environment=test",
  };
  const next = await startRelay({ ...traced, OTEL_SERVICE_NAME: "next" });
  relay = await startRelay({ ...traced, CHECKOUT_SERVICE_ADDR: next.address, APP_VERSION: "9.8.7" });
  return () => Promise.all([relay.kill(), next.kill(), cart.close(), collector.stop()]);
});

let asked = 0;

/** Asks the relay within a trace of somebody else's, and waits for so many spans of it, by their names and services. */
async function trace(wish: Parameters<Relay["ask"]>[0], count: number) {
  asked += 1;
  const traceId = String(asked).padStart(32, "f");
  const answer = relay.ask(wish, { traceparent: `00-${traceId}-b7ad6b7169203331-01`, tracestate: "vendor=1" });
  const error: unknown = await answer.then(
    () => undefined,
    (error) => error,
  );
  const own = (spans: readonly OtlpSpan[]) => spans.filter((span) => span.traceId === traceId);
  const spans = own(await collector.until((spans) => own(spans).length >= count));
  expect(spans).toHaveLength(count);
  return {
    traceId,
    error,
    spans,
    span(kind: OtlpSpan["kind"], name: string, service = "checkoutservice") {
      const found = spans.find((span) => span.kind === kind && span.name === name && span.service === service);
      if (!found) throw new Error(`no ${kind} span ${name} of ${service}`);
      return found;
    },
  };
}

describe("spans", () => {
  it("tell who called whom, over all services", async () => {
    const { span } = await trace("ask the next", 4);

    const served = span("server", placeOrder);
    const called = span("client", placeOrder);
    const servedNext = span("server", placeOrder, "next");
    const calledLast = span("client", getCart, "next");
    expect(served.parentSpanId).toBe("b7ad6b7169203331");
    expect(called.parentSpanId).toBe(served.spanId);
    expect(servedNext.parentSpanId).toBe(called.spanId);
    expect(calledLast.parentSpanId).toBe(servedNext.spanId);
    expect(cart.seen.at(-1)).toEqual({
      traceparent: `00-${calledLast.traceId}-${calledLast.spanId}-01`,
      tracestate: "vendor=1",
    });
    // The SDK's clock is right to a millisecond.
    expect(called.start).toBeGreaterThanOrEqual(served.start - 1_000_000n);
    expect(called.end).toBeLessThanOrEqual(served.end + 1_000_000n);
  });

  it("say which method it was, where, and how it ended", async () => {
    const { span } = await trace("look into the cart", 2);

    expect(span("server", placeOrder)).toMatchObject({
      status: { code: "unset", message: "" },
      attributes: {
        "rpc.system": "grpc",
        "rpc.service": "hipstershop.CheckoutService",
        "rpc.method": "PlaceOrder",
        "rpc.grpc.status_code": 0,
      },
    });
    const [address, port] = cart.address.split(":");
    expect(span("client", getCart).attributes).toEqual({
      "rpc.system": "grpc",
      "rpc.service": "hipstershop.CartService",
      "rpc.method": "GetCart",
      "rpc.grpc.status_code": 0,
      "server.address": address,
      "server.port": Number(port),
    });
  });

  it("have what the service notes of its business, and its events", async () => {
    const { span } = await trace("nothing", 1);

    expect(span("server", placeOrder)).toMatchObject({
      attributes: { "app.wish": "nothing" },
      events: [{ name: "test_asked", attributes: { wish: "nothing" } }],
    });
  });

  it("say who sent them, and nothing of the machine or of how it was started", async () => {
    const { spans } = await trace("nothing", 1);

    const [{ resource } = { resource: {} }] = spans;
    expect(resource).toEqual({
      "service.name": "checkoutservice",
      "service.version": "9.8.7",
      "service.namespace": "boutique",
      "deployment.environment": "test",
      "telemetry.sdk.language": "nodejs",
      "telemetry.sdk.name": "opentelemetry",
      "telemetry.sdk.version": expect.any(String),
    });
  });

  it("begin a trace where there is none", async () => {
    const before = cart.seen.length;
    await relay.ask("look into the cart");

    const [, traceId] = cart.seen[before]?.traceparent?.split("-") ?? [];
    const mine = (spans: readonly OtlpSpan[]) => spans.filter((span) => span.traceId === traceId);
    const spans = mine(await collector.until((spans) => mine(spans).length === 2));
    expect(spans.map(({ kind, parentSpanId }) => [kind, parentSpanId === ""])).toEqual([
      ["client", false],
      ["server", true],
    ]);
  });

  it("are children of nobody's when what came is no traceparent", async () => {
    await relay.ask("look into the cart", { traceparent: sampled.toUpperCase(), tracestate: "vendor=1" });

    expect(cart.seen.at(-1)?.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(cart.seen.at(-1)?.traceparent).not.toContain("0af7651916cd43dd8448eb211c80319c");
    expect(cart.seen.at(-1)).not.toHaveProperty("tracestate");
  });

  it("are not made of a trace that nobody records, and the next is told so", async () => {
    await relay.ask("ask the next", { traceparent: unsampled });
    await trace("nothing", 1);

    const [, traceId] = unsampled.split("-");
    expect(cart.seen.at(-1)?.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
    expect(collector.spans().filter((span) => span.traceId === traceId)).toEqual([]);
  });

  it("are not made of health checks, reflection and scrapes", async () => {
    const client = new health.Health(relay.address, credentials.createInsecure());
    await new Promise((resolve) => client.check({ service: "" }, resolve));
    client.close();
    await reflect(Number(relay.address.split(":")[1]), "v1", listServices);
    await relay.metrics();
    await trace("look into the cart", 2);

    expect(collector.spans().filter(({ name }) => !name.startsWith("hipstershop."))).toEqual([]);
  });
});

describe("a call that fails", () => {
  it("by the caller's fault names the field in its span, which is no error", async () => {
    const { error, span } = await trace("refuse", 1);

    expect(error).toMatchObject({ details: "address.zip_code is missing" });
    expect(span("server", placeOrder)).toMatchObject({
      status: { code: "unset" },
      attributes: { "rpc.grpc.status_code": 3, "app.error.field": "address.zip_code" },
    });
    expect(span("server", placeOrder).attributes).not.toHaveProperty("error.type");
  });

  it("by ours is an error in its span, without the words that the caller does not get", async () => {
    const { span } = await trace("throw what is not ours", 1);

    expect(span("server", placeOrder)).toMatchObject({
      status: { code: "error", message: "internal error" },
      attributes: { "rpc.grpc.status_code": 13, "error.type": "INTERNAL" },
    });
    expect(JSON.stringify(collector.spans(), (_, value) => (typeof value === "bigint" ? 0 : value))).not.toContain(
      "1234",
    );
  });

  it("by a peer's is an error in both spans", async () => {
    cart.answer(() => {
      throw new RpcError("RESOURCE_EXHAUSTED", "too many carts");
    });
    const { span } = await trace("look into the cart", 2);
    cart.answer();

    const attributes = { "rpc.grpc.status_code": 8, "error.type": "RESOURCE_EXHAUSTED" };
    expect(span("client", getCart)).toMatchObject({ status: { code: "error", message: "too many carts" }, attributes });
    // To whom it is served it is an answer: come again later.
    expect(span("server", placeOrder)).toMatchObject({
      status: { code: "unset" },
      attributes: { "rpc.grpc.status_code": 8 },
    });
  });
});

describe("a call that is sent again", () => {
  const retries = async () => {
    const [line = ""] = (await relay.metrics()).filter((line) => line.startsWith("grpc_client_retries_total{"));
    return { labels: line.slice(0, line.lastIndexOf(" ")), value: Number(line.split(" ").at(-1) ?? 0) };
  };

  it("is counted by peer and method, and told on its span (original: no metric says so)", async () => {
    let tries = 0;
    cart.answer(() => {
      if (++tries === 1) throw new RpcError("UNAVAILABLE", "not now");
      return {};
    });
    const before = (await retries()).value;
    const { error, span } = await trace("look into the cart", 2);
    cart.answer();

    expect(error).toBeUndefined();
    expect(span("client", getCart).events).toEqual([{ name: "retried", attributes: { times: 1 } }]);
    expect(await retries()).toEqual({
      labels: 'grpc_client_retries_total{peer="cartservice",grpc_method="GetCart"}',
      value: before + 1,
    });
  });

  it("in vain is counted as often as it was", async () => {
    cart.answer(() => {
      throw new RpcError("UNAVAILABLE", "not now");
    });
    const before = (await retries()).value;
    const { span } = await trace("look into the cart", 2);
    cart.answer();

    expect(span("client", getCart)).toMatchObject({
      status: { code: "error", message: "cartservice: unavailable" },
      events: [{ name: "retried", attributes: { times: 2 } }],
    });
    expect((await retries()).value).toBe(before + 2);
  });
});

describe("a line of the log", () => {
  it("has the ids of the span in which it was written", async () => {
    const { traceId, span } = await trace("nothing", 1);

    expect(await relay.line({ trace_id: traceId, message: "asked" })).toMatchObject({
      span_id: span("server", placeOrder).spanId,
    });
  });

  it("of an event has them too", async () => {
    const { traceId, span } = await trace("nothing", 1);

    expect(await relay.line({ trace_id: traceId, event: "test_asked" })).toMatchObject({
      span_id: span("server", placeOrder).spanId,
    });
  });
});

describe("metrics of calls", () => {
  /** A sample's value, by its name and what stands in its labels. */
  const sumOf = (lines: readonly string[], name: string, ...labels: string[]) => {
    const found = lines.filter((line) => line.startsWith(name) && labels.every((label) => line.includes(label)));
    return found.reduce((sum, line) => sum + Number(line.split(" ")[1]), 0);
  };

  it("count what is begun, ended, sent and received, on both sides", async () => {
    const before = await relay.metrics();
    await relay.ask("look into the cart");
    await relay.ask("look into the cart");
    await relay.ask("refuse").catch(() => {});
    const after = await relay.metrics();
    const more = (name: string, ...labels: string[]) => sumOf(after, name, ...labels) - sumOf(before, name, ...labels);

    const served = 'grpc_method="PlaceOrder"';
    const called = 'grpc_method="GetCart"';
    expect(more("grpc_server_started_total{", served)).toBe(3);
    expect(more("grpc_server_handled_total{", served, 'grpc_code="OK"')).toBe(2);
    expect(more("grpc_server_handled_total{", served, 'grpc_code="InvalidArgument"')).toBe(1);
    expect(more("grpc_server_msg_received_total{", served)).toBe(3);
    expect(more("grpc_server_msg_sent_total{", served)).toBe(2);
    expect(more("grpc_server_handling_seconds_count{", served)).toBe(3);
    expect(more("grpc_client_started_total{", called)).toBe(2);
    expect(more("grpc_client_handled_total{", called, 'grpc_code="OK"')).toBe(2);
    expect(more("grpc_client_msg_sent_total{", called)).toBe(2);
    expect(more("grpc_client_msg_received_total{", called)).toBe(2);
    expect(more("grpc_client_handling_seconds_count{", called)).toBe(2);
  });

  it("count what is under way, and nothing once it is over", async () => {
    const begun = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    cart.answer(async () => {
      begun.resolve();
      await go.promise;
      return {};
    });
    const answer = relay.ask("look into the cart");
    await begun.promise;

    const during = await relay.metrics();
    go.resolve();
    await answer;
    cart.answer();
    const after = await relay.metrics();

    expect(during).toContain("grpc_server_in_flight 1");
    expect(during).toContain("grpc_client_in_flight 1");
    expect(after).toContain("grpc_server_in_flight 0");
    expect(after).toContain("grpc_client_in_flight 0");
  });

  it("count a call that its peer does not answer in time", async () => {
    const { error, span } = await trace("empty the cart", 2);

    expect(error).toMatchObject({ code: 4 });
    expect(span("client", emptyCart).attributes).toMatchObject({ "error.type": "DEADLINE_EXCEEDED" });
    expect(await relay.metrics()).toContain(
      'grpc_client_deadline_misses_total{peer="cartservice",grpc_method="EmptyCart"} 1',
    );
  });

  it("show the connection to each peer, in one state", async () => {
    await relay.ask("look into the cart");

    const states = (await relay.metrics()).filter((line) => line.startsWith("grpc_client_channel_state{"));
    expect(states.filter((line) => line.includes('"cartservice"'))).toEqual([
      'grpc_client_channel_state{peer="cartservice",state="IDLE"} 0',
      'grpc_client_channel_state{peer="cartservice",state="CONNECTING"} 0',
      'grpc_client_channel_state{peer="cartservice",state="READY"} 1',
      'grpc_client_channel_state{peer="cartservice",state="TRANSIENT_FAILURE"} 0',
    ]);
  });

  it("lead from a bucket to a trace that was recorded, and to no other", async () => {
    const { traceId, span } = await trace("nothing", 1);
    const lead = async () =>
      (await relay.metrics("OpenMetrics")).filter(
        (line) => line.startsWith("grpc_server_handling_seconds_bucket{") && line.includes("trace_id"),
      );

    const server = span("server", placeOrder);
    expect(await lead()).toContainEqual(
      expect.stringMatching(new RegExp(`# \\{trace_id="${traceId}",span_id="${server.spanId}"\\} [0-9.e-]+ [0-9.]+$`)),
    );
    await relay.ask("nothing", { traceparent: unsampled });
    expect((await lead()).join("\n")).not.toContain(unsampled.split("-")[1]);
  });
});
