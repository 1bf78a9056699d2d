import { type OtlpReceiver, startOtlpReceiver } from "@boutique/testkit/otlp";
import { type RedisServer, redisMissing, startRedis } from "@boutique/testkit/redis";
import type { OtlpSpan } from "@boutique/testkit/spans";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningShop, startShopWith } from "../running-shop.ts";
import { checkoutForm, createShopper } from "../shopper.ts";
import { samplesIn, scrape } from "./prometheus.ts";

// A whole shop with a Redis and a collector, and one order in it: what the three signals say of that order, and how one
// leads to the others.
let collector: OtlpReceiver;
let redis: RedisServer | undefined;
let shop: RunningShop;
let orderId: string;
let all: readonly OtlpSpan[];
let trace: readonly OtlpSpan[];
const strangers = ["4432801561520454", "grace.hopper@navy.example"];
const requests = 6 + strangers.length;
const shown = { frontend: "", checkout: "" };

const isEntry = ({ parentSpanId }: OtlpSpan) => parentSpanId === "";
const isOrder = ({ name }: OtlpSpan) => name === "POST /cart/checkout";

beforeAll(async () => {
  collector = await startOtlpReceiver();
  // Without one the order is the same, but for Redis's spans.
  redis = redisMissing && process.env.CI !== "true" ? undefined : await startRedis();
  shop = await startShopWith(
    { ENABLE_TRACING: "1", COLLECTOR_SERVICE_ADDR: collector.grpc, OTEL_BSP_SCHEDULE_DELAY: "100" },
    ...(redis ? ["--redis", redis.address] : []),
  );
  const { get, post } = createShopper(shop.url);
  await get("/");
  await post("/setCurrency", { currency_code: "EUR" });
  await post("/cart", { product_id: "OLJCESPC7Z", quantity: "2" });
  await post("/cart", { product_id: "6E92ZMYYFZ", quantity: "1" });
  await get("/cart");
  for (const id of strangers) await get(`/product/${id}`);
  const { text } = await post("/cart/checkout", checkoutForm);
  orderId = /id="order-id"[^>]*>([\w-]+)</.exec(text)?.[1] ?? "";
  for (const name of ["frontend", "checkout"] as const) {
    shown[name] = await scrape(shop.metrics(name), "application/openmetrics-text");
  }
  await shop.stop();
  all = await collector.until((spans) => spans.some(isOrder));
  const root = all.find(isOrder);
  trace = all.filter(({ traceId }) => traceId === root?.traceId);
});
afterAll(async () => {
  await shop?.stop();
  await redis?.dispose();
  await collector?.stop();
});

describe("an order", () => {
  it("is one trace through all services that it touches (original: three of them have none)", () => {
    expect(orderId).toMatch(/^[0-9a-f-]{36}$/);
    expect([...new Set(trace.map(({ service }) => service))].sort()).toEqual([
      "cartservice",
      "checkoutservice",
      "currencyservice",
      "emailservice",
      "frontend",
      "paymentservice",
      "productcatalogservice",
      "recommendationservice",
      "shippingservice",
    ]);
  });

  it("has one beginning, and every other span has its parent", () => {
    const ids = new Set(trace.map(({ spanId }) => spanId));

    expect(trace.filter(isEntry).map(({ name }) => name)).toEqual(["POST /cart/checkout"]);
    expect(trace.filter((span) => !isEntry(span) && !ids.has(span.parentSpanId))).toEqual([]);
  });

  it("has each call from both ends: the server's span is the child of the caller's, of the same name", () => {
    // OpenTelemetry begins a span by a clock of whole milliseconds: next to a call in memory that is long.
    const clock = 1_000_000n;
    const byId = new Map(trace.map((span) => [span.spanId, span]));
    const served = trace.filter(({ kind, name }) => kind === "server" && name.startsWith("hipstershop."));
    const called = trace.filter(({ kind, name }) => kind === "client" && name.startsWith("hipstershop."));

    expect(served.length).toBeGreaterThanOrEqual(10);
    for (const span of served) {
      const parent = byId.get(span.parentSpanId);
      expect(parent).toMatchObject({ kind: "client", name: span.name });
      expect(parent?.service).not.toBe(span.service);
      expect(parent && parent.start <= span.start + clock && parent.end + clock >= span.end).toBe(true);
    }
    expect(called.map(({ name }) => name).sort()).toEqual(served.map(({ name }) => name).sort());
  });

  it.skipIf(redisMissing && process.env.CI !== "true")("shows what the cart asked of Redis", () => {
    const byId = new Map(trace.map((span) => [span.spanId, span]));
    const commands = trace.filter(({ attributes }) => attributes["db.system.name"] === "redis");

    expect(commands.map(({ name, parentSpanId }) => [name, byId.get(parentSpanId)?.name])).toEqual(
      expect.arrayContaining([
        ["HGETALL", "hipstershop.CartService/GetCart"],
        ["EVALSHA", "hipstershop.CartService/EmptyCart"],
      ]),
    );
  });

  it("says which order, what it came to, and each step", () => {
    const [placed] = trace.filter(({ name, kind }) => kind === "server" && name.endsWith("/PlaceOrder"));

    expect(placed?.attributes).toMatchObject({
      "app.order.id": orderId,
      "app.currency": "EUR",
      "app.order.items": 3,
      "app.order.amount_usd": expect.closeTo(2 * 19.99 + 8.99 + 8.99, 2),
    });
    expect(placed?.events.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["priced", "charged", "shipped", "order_completed"]),
    );
  });
});

it("every request is one trace, and nothing else begins one", () => {
  const entries = all.filter(isEntry);

  expect(entries.filter(({ service }) => service !== "frontend")).toEqual([]);
  expect(entries).toHaveLength(requests);
});

it("health checks, reflection and scrapes leave no span (original: most of all spans)", () => {
  expect(all.filter(({ name }) => /health|reflection|metrics/i.test(name))).toEqual([]);
});

it("spans know the service and its version, and nothing of the machine's owner", () => {
  for (const { resource } of all) {
    expect(resource).toMatchObject({ "service.name": expect.any(String), "service.version": expect.any(String) });
    expect(Object.keys(resource).filter((name) => /^(process|host)\./.test(name))).toEqual([]);
  }
});

it("log lines lead to the trace, and to the very span", () => {
  const lines = shop
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
  const [completed] = lines.filter(({ event, order_id }) => event === "order_completed" && order_id === orderId);
  const [placed] = trace.filter(({ name, kind }) => kind === "server" && name.endsWith("/PlaceOrder"));
  const services = lines.filter(({ trace_id }) => trace_id === placed?.traceId).map(({ service }) => service);

  expect(completed).toMatchObject({ trace_id: placed?.traceId, span_id: placed?.spanId });
  expect([...new Set(services)].sort()).toEqual(
    expect.arrayContaining(["checkoutservice", "emailservice", "paymentservice", "shippingservice"]),
  );
});

it("nothing personal is in any span", () => {
  // Without ids, times and ports, in which any digits may stand.
  const written = JSON.stringify(
    all.map(({ name, attributes: { "server.port": _, ...attributes }, events, status }) => [
      name,
      attributes,
      events,
      status,
    ]),
  );

  for (const secret of [/4432[- ]?8015/, /cvv/i, /grace\.hopper/, /Compiler Crescent/, /22201/, /Arlington/]) {
    expect(written).not.toMatch(secret);
  }
});

describe("an exemplar", () => {
  it("leads from a bucket of a duration to the order's trace", () => {
    const exemplars = (text: string, route: RegExp) =>
      samplesIn(text).filter(
        ({ name, labels, exemplar }) => exemplar && route.test(`${name} ${Object.values(labels)}`),
      );

    expect(exemplars(shown.frontend, /http_request_duration_seconds_bucket.*checkout/)[0]?.exemplar).toMatchObject({
      trace_id: trace[0]?.traceId,
    });
    expect(exemplars(shown.checkout, /grpc_server_handling_seconds_bucket.*PlaceOrder/)[0]?.exemplar).toMatchObject({
      trace_id: trace[0]?.traceId,
    });
  });
});
