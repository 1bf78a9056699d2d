import { names, topology } from "@boutique/contract/topology";
import type { EventDeclaration } from "@boutique/telemetry/business";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { declaredSignals } from "../../scripts/docs/signals.ts";
import { type RunningShop, startShopWith } from "../running-shop.ts";
import { misbehave, visitAll } from "./deeds.ts";
import { samplesIn, scrape } from "./prometheus.ts";

// A whole shop that is visited and stopped: what its ten services wrote, against what they declare.
let shop: RunningShop;
let lines: Record<string, unknown>[];
let figures: ReturnType<typeof samplesIn>;

beforeAll(async () => {
  shop = await startShopWith({ LOG_LEVEL: "debug", EVENT_KEY: "one key for all" });
  await visitAll(shop);
  await visitAll(shop, { baggage: "synthetic_request=true" });
  await misbehave(shop);
  for (let page = 0; page < 20; page++) await fetch(`${shop.url}/cart`);
  figures = (await Promise.all(names.map((name) => scrape(shop.metrics(name))))).flatMap(samplesIn);
  await shop.stop();
  lines = shop
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
});
afterAll(() => shop?.stop());

const declared = new Map<string, EventDeclaration>(
  [...declaredSignals()].flatMap(([name, { events }]) =>
    events.map((event) => [`${topology[name].workload} ${event.name}`, event] as const),
  ),
);
const eventsOf = (name: string) => lines.filter(({ event }) => event === name);
const reportsOf = (name: string) => eventsOf(name).filter(({ ended_by }) => ended_by !== undefined);

const ofEveryLine = ["severity", "timestamp", "service", "version", "message", "trace_id", "span_id"];
const ofEveryEvent = [...ofEveryLine, "event", "schema", "synthetic", "omitted"];
const ofEveryReport = [...ofEveryEvent, "window_s", "ended_by", "dropped"];

it("every event is declared, with the fields that it has", () => {
  const written = lines.filter(({ event }) => event !== undefined);

  expect(written.length).toBeGreaterThan(30);
  for (const { event, service, ...rest } of written) {
    const declaration = declared.get(`${service} ${event}`);
    expect(declaration, `${service} ${event}`).toBeDefined();
    const known = [...(declaration?.window ? ofEveryReport : ofEveryEvent), ...Object.keys(declaration?.fields ?? {})];
    expect(Object.keys(rest).filter((field) => !known.includes(field))).toEqual([]);
    expect(rest.schema).toBe(declaration?.schema);
  }
});

it("every service reports at its stop what was not reported before, shoppers and load generators apart", () => {
  const reports = [...declared.values()].filter(({ window }) => window).map(({ name }) => name);

  expect(reports).toHaveLength(names.length);
  for (const name of reports) {
    expect(
      reportsOf(name)
        .map(({ synthetic }) => synthetic)
        .sort(),
      name,
    ).toEqual(expect.arrayContaining([false, true]));
    expect(reportsOf(name).at(-1)).toMatchObject({ ended_by: "stop", window_s: expect.any(Number) });
  }
});

it("events of a request have its trace, in all services the same (original: none, or three of ten)", () => {
  const [order] = eventsOf("order_completed");
  const inTrace = lines.filter(({ trace_id, event }) => event !== undefined && trace_id === order?.trace_id);

  expect(order?.trace_id).toMatch(/^[0-9a-f]{32}$/);
  expect(inTrace.map(({ event }) => event)).toEqual(
    expect.arrayContaining(["payment_transaction", "order_shipped", "order_completed"]),
  );
});

it("a report belongs to no request, also where one ended its window", () => {
  const reports = lines.filter(({ ended_by }) => ended_by !== undefined);

  expect(reports.map(({ ended_by }) => ended_by)).toContain("events");
  expect(reports.filter(({ trace_id, span_id }) => trace_id !== undefined || span_id !== undefined)).toEqual([]);
});

describe("reports and metrics", () => {
  const sumOf = (metric: string, synthetic: string) =>
    figures
      .filter(({ name, labels }) => name === metric && labels.synthetic === synthetic)
      .reduce((sum, { value }) => sum + value, 0);
  const reported = (report: string, field: string, synthetic: boolean) =>
    reportsOf(report)
      .filter((line) => line.synthetic === synthetic)
      .reduce((sum, line) => sum + Number(line[field]), 0);

  it.each([
    ["business_metrics_report", "total_cart_views", "storefront_funnel_total", "cart"],
    ["business_metrics_report", "total_checkouts", "storefront_funnel_total", "order"],
    ["cart_stats_summary", "views", "cart_views_total"],
    ["cart_stats_summary", "items_added", "cart_items_added_total"],
    ["product_views_summary", "views", "product_retrieval_count"],
    ["currency_conversion_metrics", "total_conversions", "currency_conversions_total"],
    ["payment_health_metrics", "total_transactions", "payment_charges_total"],
    ["shipping_stats_summary", "quote_requests", "shipping_quotes_total"],
    ["shipping_stats_summary", "total_quote_usd", "shipping_quoted_usd_total"],
    ["order_stats_summary", "succeeded", "orders_placed_total"],
    ["order_stats_summary", "total_usd", "orders_revenue_usd_total"],
    ["recommendation_stats", "requests", "recommendation_requests_total"],
    ["ad_stats_summary", "requests", "ad_requests_total"],
  ])("%s: %s is %s", (report, field, metric, step = "") => {
    const real = step
      ? (figures.find(({ name, labels }) => name === metric && labels.step === step && labels.synthetic === "false")
          ?.value ?? 0)
      : sumOf(metric, "false");

    expect(real).toBeGreaterThan(0);
    expect(reported(report, field, false)).toBeCloseTo(real, 6);
  });
});

it("an amount is exact, and an order has its lines (original: 12.05 reads 12.50000000, and there is only a count)", () => {
  const [order] = eventsOf("order_completed");
  const items = order?.items as { product_id: string; quantity: number; price: string }[];

  expect(order).toMatchObject({ currency: "EUR", total_amount: expect.stringMatching(/^\d+\.\d{2,9}$/) });
  expect(items.map(({ product_id, quantity }) => [product_id, quantity])).toEqual([
    ["OLJCESPC7Z", 10],
    ["66VCHSJNUP", 2],
  ]);
});

it("a shopper is the same hash in all services, and no id", () => {
  const hashes = new Set(
    [...eventsOf("large_cart_view"), ...eventsOf("order_completed")].map(({ user_id }) => user_id),
  );

  // The shopper, and the load generator's.
  expect(hashes.size).toBe(2);
  for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{16}$/);
});

it("with LOG_LEVEL=debug each request and each call is a line, and by default none is", async () => {
  const requests = lines.filter(({ message }) => message === "request answered");
  expect(requests.length).toBeGreaterThan(25);
  for (const line of requests) {
    expect(line).toMatchObject({
      severity: "debug",
      method: expect.any(String),
      route: expect.any(String),
      status: expect.any(Number),
      ms: expect.any(Number),
      bytes: expect.any(Number),
    });
  }

  const quiet = await startShopWith({});
  const before = quiet.output();
  const paths = ["/", "/product/OLJCESPC7Z", "/cart", "/version"];
  for (let turn = 0; turn < 25; turn++) await Promise.all(paths.map((path) => fetch(quiet.url + path)));
  const since = quiet.output().slice(before.length).trim().split("\n").filter(Boolean);
  await quiet.stop();
  // Of a hundred requests there is no line but a report, one of twenty of them.
  expect(since.filter((line) => JSON.parse(line).ended_by === undefined)).toEqual([]);
  expect(since.length).toBeLessThan(10);
});
