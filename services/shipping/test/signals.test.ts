import { createMemoryRecords } from "@boutique/store/memory-records";
import { recordBusiness } from "@boutique/testkit/business";
import { overTheWire } from "@boutique/testkit/wire";
import { expect, it } from "vitest";
import { createShipping } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";

const MINUTES = 60_000;
const to = (country: string) => ({
  streetAddress: "1 Main St",
  city: "Springfield",
  state: "OR",
  country,
  zipCode: 97477,
});
const items = [
  { productId: "OLJCESPC7Z", quantity: 2 },
  { productId: "66VCHSJNUP", quantity: 1 },
];
const wrong = [{ productId: "OLJCESPC7Z", quantity: -1 }];

async function open(trackingId = () => "ZK-20417-108332194") {
  const recorded = recordBusiness();
  const handlers = createShipping(createSignals(recorded.business), createMemoryRecords(), trackingId);
  const shipping = await overTheWire("shipping", handlers);
  return { ...recorded, shipping };
}
const refused = (work: Promise<unknown>) => expect(work).rejects.toThrow(/INVALID_ARGUMENT|INTERNAL/);

it("every five minutes there is a report of quotes and orders, exact in dollars and by country", async () => {
  const { shipping, lines, pass } = await open();
  await shipping.getQuote({ items });
  await shipping.getQuote({ items: [] });
  await shipping.getQuote({ items, address: to("USA") });
  await refused(shipping.getQuote({ items: wrong, address: to("France") }));
  await shipping.shipOrder({ items, address: to("United States") });
  await shipping.shipOrder({ items, address: to("The moon") });
  await refused(shipping.shipOrder({ items }));
  expect(lines("shipping_stats_summary")).toEqual([]);

  pass(5 * MINUTES);

  expect(lines("shipping_stats_summary")).toEqual([
    {
      event: "shipping_stats_summary",
      schema: 1,
      synthetic: false,
      window_s: 300,
      ended_by: "time",
      quote_requests: 4,
      orders: 2,
      total_quote_usd: "17.98",
      by_region: { US: 1, other: 1 },
      quotes_by_region: { none: 2, US: 1, FR: 1 },
      errors: { quote: 1, shipping: 1 },
      message: "What was asked of shipping.",
    },
  ]);
});

it("a window ends at the 100th quote or order, whichever it is (original: orders do not count)", async () => {
  const { shipping, lines, pass } = await open();
  for (let i = 0; i < 60; i++) await shipping.getQuote({ items });
  for (let i = 0; i < 39; i++) await shipping.shipOrder({ items, address: to("US") });
  expect(lines("shipping_stats_summary")).toEqual([]);

  await shipping.shipOrder({ items, address: to("US") });
  expect(lines("shipping_stats_summary")).toMatchObject([
    { ended_by: "events", quote_requests: 60, orders: 40, total_quote_usd: "539.40", by_region: { US: 40 } },
  ]);

  for (let i = 0; i < 100; i++) await shipping.getQuote({ items });
  expect(lines("shipping_stats_summary")).toHaveLength(2);
  expect(lines("shipping_stats_summary")[1]).toMatchObject({ quote_requests: 100, orders: 0, by_region: {} });

  pass(5 * MINUTES);
  expect(lines("shipping_stats_summary")).toHaveLength(2);
});

it("a window begins at nothing again, and one in which nothing was asked is not reported", async () => {
  const { shipping, lines, pass } = await open();
  await shipping.getQuote({ items });
  pass(15 * MINUTES);
  expect(lines("shipping_stats_summary")).toHaveLength(1);

  await refused(shipping.shipOrder({ items }));
  pass(5 * MINUTES);

  expect(lines("shipping_stats_summary")[1]).toMatchObject({
    quote_requests: 0,
    orders: 0,
    total_quote_usd: "0.00",
    by_region: {},
    quotes_by_region: {},
    errors: { shipping: 1 },
  });
});

it("an order that is shipped is an event, with its parcel and its country", async () => {
  const { shipping, lines } = await open();

  await shipping.shipOrder({ items, address: to("Germany") });

  expect(lines("order_shipped")).toEqual([
    {
      event: "order_shipped",
      schema: 1,
      tracking_id: "ZK-20417-108332194",
      region: "DE",
      items: 3,
      message: "An order was given to the carrier.",
    },
  ]);
});

it("quotes and orders that fail are events that say why, one a second at most, and counted all", async () => {
  const { shipping, lines, pass, metrics } = await open(() => {
    throw new Error("the machine that prints labels burns");
  });

  await refused(shipping.getQuote({ items: wrong }));
  await refused(shipping.getQuote({ items: wrong }));
  await refused(shipping.shipOrder({ items }));
  pass(1_000);
  await refused(shipping.getQuote({ items: wrong }));
  await refused(shipping.shipOrder({ items, address: to("US") }));
  pass(1_000);
  await refused(shipping.shipOrder({ items, address: to("US"), idempotencyKey: "an order" }));

  expect(lines("quote_error")).toMatchObject([{ reason: "items" }, { reason: "items", omitted: 1 }]);
  expect(lines("shipping_error")).toMatchObject([
    { reason: "address" },
    { reason: "INTERNAL" },
    { reason: "idempotency_key" },
  ]);
  expect(lines("order_shipped")).toEqual([]);
  expect(await metrics()).toContain('shipping_errors_total{operation="quote",synthetic="false"} 3');
  expect(await metrics()).toContain('shipping_errors_total{operation="shipping",synthetic="false"} 3');
});

it("the metrics say the same as the report", async () => {
  const { shipping, metrics } = await open();
  await shipping.getQuote({ items });
  await shipping.getQuote({ items, address: to("USA") });
  await shipping.shipOrder({ items, address: to("USA") });

  expect((await metrics()).split("\n").filter((line) => line.startsWith("shipping_"))).toEqual([
    'shipping_quotes_total{region="none",synthetic="false"} 1',
    'shipping_quotes_total{region="US",synthetic="false"} 1',
    'shipping_quoted_usd_total{synthetic="false"} 17.98',
    'shipping_orders_total{region="US",synthetic="false"} 1',
  ]);
});

it("nothing of an address but its country gets into an event or a metric", async () => {
  const { shipping, lines, pass, metrics } = await open();
  const texts = ["Compiler Crescent 7", "ann@example.com", "4432801561520454", 'x" y'];
  for (const country of texts) {
    const address = { streetAddress: country, city: country, state: country, country, zipCode: 97477 };
    await shipping.getQuote({ items, address });
    await shipping.shipOrder({ items, address });
  }
  pass(5 * MINUTES);

  const written = JSON.stringify([lines("order_shipped"), lines("shipping_stats_summary")]) + (await metrics());
  expect(lines("shipping_stats_summary")).toMatchObject([{ by_region: { other: 4 } }]);
  expect(written).not.toMatch(/Compiler|ann@|4432|97477|x\\*" y/);
});

it("all countries of the world are more than the metrics show: the rest of them is one", async () => {
  const { shipping, metrics } = await open();
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const codes = [...letters].flatMap((one) => [...letters].map((other) => one + other));
  await Promise.all(codes.map((country) => shipping.getQuote({ items, address: to(country) })));

  const series = (await metrics()).split("\n").filter((line) => line.startsWith("shipping_quotes_total"));
  expect(series.length).toBeLessThanOrEqual(81);
  expect(series.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0)).toBe(codes.length);
});
