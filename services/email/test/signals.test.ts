import { RpcError } from "@boutique/rpc/error";
import { expect, it } from "vitest";
import type { Mail } from "../src/transport.ts";
import { order } from "./order.ts";
import { serve } from "./serve.ts";

const MINUTES = 60_000;
const email = "Some.One@Shop.Example.COM";

/** An email service whose mail server takes no mail for away.example. */
const open = () =>
  serve({
    send: async ({ to }: Mail) => {
      if (to.endsWith("@away.example")) throw new RpcError("UNAVAILABLE", `550 no ${to} here`);
    },
  });
const refused = (work: Promise<unknown>) => expect(work).rejects.toThrow(/INVALID_ARGUMENT|UNAVAILABLE/);

it("every five minutes there is a report of what was sent, what failed, and where to", async () => {
  const { client, lines, pass } = await open();
  await client.sendOrderConfirmation({ email, order });
  await client.sendOrderConfirmation({ email: "another@shop.example.com", order });
  await client.sendOrderConfirmation({ email: "x@elsewhere.example", order });
  await refused(client.sendOrderConfirmation({ email: "x@away.example", order }));
  await refused(client.sendOrderConfirmation({ email: "nobody", order }));
  await refused(client.sendOrderConfirmation({ email, order: { ...order, orderId: "" } }));
  expect(lines("email_stats_summary")).toEqual([]);

  pass(5 * MINUTES);

  expect(lines("email_stats_summary")).toEqual([
    {
      event: "email_stats_summary",
      schema: 1,
      synthetic: false,
      window_s: 300,
      ended_by: "time",
      sent: 3,
      failed: 2,
      template_errors: 1,
      by_domain: [
        { name: "shop.example.com", count: 3 },
        { name: "away.example", count: 1 },
        { name: "elsewhere.example", count: 1 },
      ],
      message: "What became of the mail.",
    },
  ]);
});

it("a window ends at the 50th mail, sent or not", async () => {
  const { client, lines, pass } = await open();
  for (let i = 0; i < 48; i++) await client.sendOrderConfirmation({ email, order });
  await refused(client.sendOrderConfirmation({ email: "x@away.example", order }));
  expect(lines("email_stats_summary")).toEqual([]);

  await refused(client.sendOrderConfirmation({ email }));

  const summary = { ended_by: "events", sent: 48, failed: 1, template_errors: 1 };
  expect(lines("email_stats_summary")).toMatchObject([summary]);
  expect(lines("email_stats_summary")[0]?.by_domain).toEqual([
    { name: "shop.example.com", count: 49 },
    { name: "away.example", count: 1 },
  ]);
  pass(15 * MINUTES);
  expect(lines("email_stats_summary")).toHaveLength(1);
});

it("a window begins at nothing again", async () => {
  const { client, lines, pass } = await open();
  await client.sendOrderConfirmation({ email, order });
  pass(5 * MINUTES);

  await refused(client.sendOrderConfirmation({ email: "", order }));
  pass(5 * MINUTES);

  const nothing = { sent: 0, failed: 1, template_errors: 0, by_domain: [] };
  expect(lines("email_stats_summary")[1]).toMatchObject(nothing);
});

it("at most ten domains are told of, and Prometheus is told of none", async () => {
  const { client, lines, pass, metrics } = await open();
  for (let i = 0; i < 12; i++) await client.sendOrderConfirmation({ email: `x@shop-${i}.example`, order });

  pass(5 * MINUTES);

  expect(lines("email_stats_summary")[0]?.by_domain).toHaveLength(10);
  expect(await metrics()).not.toContain("shop-");
});

it("a mail that is sent is an event with the domain and the order alone (original: the address)", async () => {
  const { client, lines } = await open();

  await client.sendOrderConfirmation({ email, order });

  expect(lines("email_sent")).toEqual([
    {
      event: "email_sent",
      schema: 1,
      order_id: order.orderId,
      domain: "shop.example.com",
      message: "The confirmation of an order was sent.",
    },
  ]);
});

it("a mail that could not be sent is an event with the code, without what the server said", async () => {
  const { client, lines } = await open();

  await refused(client.sendOrderConfirmation({ email: "x@away.example", order }));
  await refused(client.sendOrderConfirmation({ email: "nobody at all", order }));

  const about = { event: "email_send_failed", schema: 1, order_id: order.orderId };
  const message = "The confirmation of an order could not be sent.";
  expect(lines("email_send_failed")).toEqual([
    { ...about, domain: "away.example", reason: "UNAVAILABLE", message },
    { ...about, domain: undefined, reason: "email", message },
  ]);
  expect(lines("email_sent")).toEqual([]);
});

it.each([
  ["no order", null, "order"],
  ["no order id", { ...order, orderId: "" }, "order.order_id"],
  ["no shipping cost", { ...order, shippingCost: null }, "order.shipping_cost"],
  ["a line without a price", { ...order, items: [{ item: null, cost: null }] }, "order.items[0].item"],
  [
    "a quantity of nothing",
    { ...order, items: [{ item: { productId: "ann@example.com", quantity: 0 } }] },
    "order.items[0].item.quantity",
  ],
  [
    "another currency",
    { ...order, shippingCost: { currencyCode: "ann@example.com", units: "1", nanos: 0 } },
    "order.items[0].cost.currency_code",
  ],
])("a mail that could not be written is an event with what was wrong: %s", async (_, order, reason) => {
  const { client, lines } = await open();

  await refused(client.sendOrderConfirmation({ email, order }));

  expect(lines("template_render_failed")).toEqual([
    {
      event: "template_render_failed",
      schema: 1,
      order_id: order?.orderId || undefined,
      reason,
      message: "The confirmation of an order could not be written.",
    },
  ]);
  expect(lines("email_sent")).toEqual([]);
});

it("the metrics say the same as the report", async () => {
  const { client, metrics } = await open();
  await client.sendOrderConfirmation({ email, order });
  await client.sendOrderConfirmation({ email, order });
  await refused(client.sendOrderConfirmation({ email: "x@away.example", order }));
  await refused(client.sendOrderConfirmation({ email }));

  expect((await metrics()).split("\n").filter((line) => line.startsWith("emails_"))).toEqual([
    'emails_total{outcome="sent",synthetic="false"} 2',
    'emails_total{outcome="failed",synthetic="false"} 1',
    'emails_total{outcome="template_error",synthetic="false"} 1',
  ]);
});

it.each([
  ["an address", "ann@example.com"],
  ["a card's number", "4432-8015-6152-0454"],
  ["a card's number as a UUID", "44328015-6152-0454-0000-000000000000"],
])("nothing personal gets into a line or a metric, also in the order's id and the domain: %s", async (_, text) => {
  const { client, lines, pass, metrics } = await open();
  const named = { ...order, orderId: text };

  await client.sendOrderConfirmation({ email, order: named });
  await client.sendOrderConfirmation({ email: "some.one@4432801561520454.example", order: named });
  await refused(client.sendOrderConfirmation({ email: "some.one@away.example", order: named }));
  await refused(client.sendOrderConfirmation({ email, order: { ...named, shippingCost: null } }));
  pass(5 * MINUTES);

  const events = ["email_sent", "email_send_failed", "template_render_failed", "email_stats_summary"].map(lines);
  expect(events.map(({ length }) => length)).toEqual([2, 1, 1, 1]);
  const written = JSON.stringify(events) + (await metrics());
  expect(written).not.toMatch(/some\.?one|ann@|4432|8015|6152|Amphitheatre|Mountain|94043/i);
});
