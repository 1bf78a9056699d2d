import type { MessageInit } from "@boutique/contract/proto";
import { withContext } from "@boutique/rpc/context";
import { describe, expect, it } from "vitest";
import { product, refuse, request, shopWhere, usd } from "./shop.ts";

const MINUTES = 60_000;
const hash = expect.stringMatching(/^[0-9a-f]{16}$/);
const away = refuse("UNAVAILABLE", "redis-cart:6379 does not answer ann@example.com");
const failed = (work: Promise<unknown>) => expect(work).rejects.toThrow(/^[A-Z_]+: /);

/** What Prometheus reads of some metrics, without the buckets. */
const figures = (text: string, name: RegExp) =>
  text
    .split("\n")
    .filter((line) => name.test(line) && !line.startsWith("#") && !line.includes("_bucket"))
    .sort();

describe("every five minutes the report", () => {
  it("says what became of orders, each currency by itself and exact (original: all added up, 12.05 as 12.50000000)", async () => {
    let cards = 0;
    const { checkout, lines, pass } = await shopWhere({
      payment: {
        charge: () => {
          cards += 1;
          if (cards > 3) return refuse("FAILED_PRECONDITION", "credit_card: expired")();
          return { transactionId: "T-1" };
        },
      },
      shipping: {
        getQuote: () => ({ costUsd: usd("2", 560_000_000) }),
        shipOrder: () => ({ trackingId: "AB-12345-123456789" }),
      },
      catalog: {
        listProducts: () => ({
          products: [product("MUG", usd("4", 500_000_000)), product("HAT", usd("0", 490_000_000))],
        }),
      },
    });
    await checkout.placeOrder(request);
    await checkout.placeOrder({ ...request, userCurrency: "EUR" });
    await checkout.placeOrder({ ...request, userCurrency: "EUR" });
    await failed(checkout.placeOrder(request));
    await failed(checkout.placeOrder({ ...request, email: "" }));
    expect(lines("order_stats_summary")).toEqual([]);

    pass(5 * MINUTES);

    expect(lines("order_stats_summary")).toEqual([
      {
        event: "order_stats_summary",
        schema: 1,
        synthetic: false,
        window_s: 300,
        ended_by: "time",
        orders: 5,
        succeeded: 3,
        failed: 2,
        success_rate: 60,
        failures: { refused_card: 1, request: 1 },
        total_amount: { USD: "12.05", EUR: "44.10" },
        total_usd: "36.15",
        currencies: { USD: 1, EUR: 2 },
        items: 9,
        message: "What became of orders.",
      },
    ]);
  });

  it("begins at nothing again, and is not written of a window without orders", async () => {
    const { checkout, lines, pass } = await shopWhere();
    await checkout.placeOrder(request);
    pass(15 * MINUTES);
    expect(lines("order_stats_summary")).toHaveLength(1);

    await failed(checkout.placeOrder({ ...request, userId: "" }));
    pass(5 * MINUTES);

    expect(lines("order_stats_summary")[1]).toMatchObject({
      orders: 1,
      succeeded: 0,
      failed: 1,
      success_rate: 0,
      total_amount: {},
      total_usd: "0.00",
      currencies: {},
      items: 0,
    });
  });

  it("says the same as the metrics", async () => {
    const { checkout, lines, pass, metrics } = await shopWhere();
    await checkout.placeOrder(request);
    await checkout.placeOrder({ ...request, userCurrency: "EUR" });
    await failed(checkout.placeOrder({ ...request, userId: "", userCurrency: "EUR" }));
    pass(5 * MINUTES);

    const text = await metrics();
    expect(figures(text, /^orders?_/)).toEqual([
      'order_items_count{synthetic="false"} 2',
      'order_items_sum{synthetic="false"} 6',
      'order_pieces_total{synthetic="false"} 6',
      'order_value_total{currency="EUR",synthetic="false"} 51.47',
      'order_value_total{currency="USD",synthetic="false"} 27.47',
      'orders_failed_total{cause="request",currency="EUR",synthetic="false"} 1',
      'orders_placed_total{currency="EUR",synthetic="false"} 1',
      'orders_placed_total{currency="USD",synthetic="false"} 1',
      'orders_revenue_usd_total{synthetic="false"} 54.94',
    ]);
    expect(text).toContain('order_items_bucket{le="3",synthetic="false"} 2');
    expect(text).toContain('order_items_bucket{le="2",synthetic="false"} 0');
    expect(lines("order_stats_summary")).toMatchObject([
      {
        succeeded: 2,
        failed: 1,
        total_amount: { USD: "27.47", EUR: "51.47" },
        total_usd: "54.94",
        currencies: { USD: 1, EUR: 1 },
        items: 6,
      },
    ]);
  });

  it("tells a load generator's orders apart", async () => {
    const { checkout, lines, pass } = await shopWhere();
    const { signal } = new AbortController();
    const generated = { deadline: Date.now() + 30_000, signal, trace: { baggage: "synthetic_request=true" } };
    await checkout.placeOrder(request);
    await withContext(generated, () => checkout.placeOrder({ ...request, userCurrency: "EUR" }));

    pass(5 * MINUTES);

    expect(lines("order_stats_summary")).toMatchObject([
      { synthetic: false, orders: 1, total_amount: { USD: "27.47" } },
      { synthetic: true, orders: 1, total_amount: { EUR: "51.47" } },
    ]);
  });
});

describe("an order", () => {
  it("that is placed is an event with all its lines (original: their number alone)", async () => {
    const { checkout, lines } = await shopWhere();

    await checkout.placeOrder({ ...request, userCurrency: "EUR" });

    expect(lines("order_completed")).toEqual([
      {
        event: "order_completed",
        schema: 1,
        order_id: "ORDER-1",
        user_id: hash,
        total_amount: "51.47",
        currency: "EUR",
        total_usd: "27.47",
        item_count: 3,
        lines: 2,
        items: [
          { product_id: "MUG", quantity: 2, price: "16.99" },
          { product_id: "HAT", quantity: 1, price: "0.50" },
        ],
        transaction_id: "T-1",
        tracking_id: "AB-12345-123456789",
        message: "An order was charged and shipped.",
      },
    ]);
  });

  it("is known by its span: what it is, and how far it came", async () => {
    const { handlers } = await shopWhere();
    const noted: object[] = [];
    const happened: string[] = [];
    const span = { event: (name: string) => void happened.push(name), set: (more: object) => void noted.push(more) };
    const context = { deadline: Date.now() + 30_000, signal: new AbortController().signal, trace: {}, span };

    await withContext(context, async () =>
      handlers.placeOrder({ ...request, userCurrency: "EUR", idempotencyKey: "", expectedTotal: null }, context),
    );

    expect(Object.assign({}, ...noted)).toEqual({
      "app.order.id": "ORDER-1",
      "app.currency": "EUR",
      "app.order.items": 3,
      "app.order.amount_usd": 27.47,
    });
    expect(happened).toEqual(["priced", "charged", "shipped", "order_completed"]);
  });
});

describe("an order that cannot be prepared is one event, with the step and the code, and counted by it:", () => {
  const empty = { getCart: ({ userId }: { userId: string }) => ({ userId, items: [] }) };
  const gone = {
    getCart: ({ userId }: { userId: string }) => ({ userId, items: [{ productId: "GONE", quantity: 1 }] }),
  };
  it.each<[string, string, Parameters<typeof shopWhere>[0], MessageInit<"PlaceOrderRequest">, string]>([
    ["an incomplete request", "request", {}, { email: "" }, "INVALID_ARGUMENT"],
    ["no cart", "cart", { cart: { getCart: away } }, {}, "UNAVAILABLE"],
    ["an empty cart", "empty_cart", { cart: empty }, {}, "FAILED_PRECONDITION"],
    ["no catalogue", "catalog", { catalog: { listProducts: away } }, {}, "UNAVAILABLE"],
    ["a product that is gone", "catalog", { cart: gone }, {}, "FAILED_PRECONDITION"],
    ["no quote", "quote", { shipping: { getQuote: away } }, {}, "UNAVAILABLE"],
    ["a quote without a price", "quote", { shipping: { getQuote: () => ({}) } }, {}, "INTERNAL"],
    ["no conversion", "conversion", { currency: { convertMany: away } }, { userCurrency: "EUR" }, "UNAVAILABLE"],
    [
      "a currency nobody knows",
      "conversion",
      { currency: { convertMany: refuse("INVALID_ARGUMENT", "ann@example.com is not known") } },
      { userCurrency: "XXX" },
      "INVALID_ARGUMENT",
    ],
  ])("%s", async (_, step, different, change, reason) => {
    const { checkout, lines, metrics, calls } = await shopWhere(different);

    await failed(checkout.placeOrder({ ...request, ...change }));

    expect(lines("cart_preparation_failed")).toEqual([
      {
        event: "cart_preparation_failed",
        schema: 1,
        user_id: hash,
        step,
        reason,
        message: "An order came to nothing before there was anything to charge.",
      },
    ]);
    const currency = "userCurrency" in change ? "unknown" : "USD";
    expect(figures(await metrics(), /^orders_failed/)).toEqual([
      `orders_failed_total{cause="${step}",currency="${currency}",synthetic="false"} 1`,
    ]);
    expect(calls).not.toContain("charge");
    expect(lines("order_completed")).toEqual([]);
  });

  it("also when two steps fail at once", async () => {
    const { checkout, lines, pass } = await shopWhere({
      catalog: { listProducts: away },
      shipping: { getQuote: away },
    });

    await failed(checkout.placeOrder(request));

    pass(5 * MINUTES);
    expect(lines("cart_preparation_failed")).toHaveLength(1);
    expect(lines("order_stats_summary")).toMatchObject([{ orders: 1, failed: 1 }]);
  });

  it("in masses one a second is written, and all are counted", async () => {
    const { checkout, lines, pass } = await shopWhere({ cart: { getCart: away } });
    await failed(checkout.placeOrder(request));
    await failed(checkout.placeOrder(request));
    pass(1_000);
    await failed(checkout.placeOrder({ ...request, userId: "" }));

    expect(lines("cart_preparation_failed")).toMatchObject([
      { step: "cart", user_id: hash },
      { step: "request", user_id: undefined, omitted: 1 },
    ]);
    pass(5 * MINUTES);
    expect(lines("order_stats_summary")).toMatchObject([{ failures: { cart: 2, request: 1 } }]);
  });

  it("whatever currencies strangers ask for, the metrics know those that something was converted to", async () => {
    const known = ["EUR", "JPY"];
    const { checkout, metrics } = await shopWhere({
      currency: {
        convertMany: ({ from, toCode }) => {
          if (!known.includes(toCode)) return refuse("INVALID_ARGUMENT", "to_code is not known")();
          return { amounts: from.map((money) => ({ ...money, currencyCode: toCode })) };
        },
      },
    });
    const ask = (userCurrency: string, email = request.email) =>
      checkout.placeOrder({ ...request, userCurrency, email });

    for (const letter of "ABCDEFGHIJ") await failed(ask(`XY${letter}`));
    await ask("EUR");
    await failed(ask("EUR", ""));
    await failed(ask("JPY", ""));

    expect(figures(await metrics(), /^orders_failed/)).toEqual([
      'orders_failed_total{cause="conversion",currency="unknown",synthetic="false"} 10',
      'orders_failed_total{cause="request",currency="EUR",synthetic="false"} 1',
      'orders_failed_total{cause="request",currency="unknown",synthetic="false"} 1',
    ]);
  });
});

describe("an order that fails after that is an event with its order:", () => {
  const about = { schema: 1, order_id: "ORDER-1", user_id: hash };
  const broken = refuse("UNAVAILABLE", "Connection dropped");

  it.each([
    ["a refused card", refuse("FAILED_PRECONDITION", "credit_card: 4432801561520454"), "no", "refused_card"],
    ["no payment service", refuse("UNIMPLEMENTED", "no such method"), "no", "payment"],
    ["no answer in time", refuse("DEADLINE_EXCEEDED", "too late"), "unknown", "payment"],
    ["a broken connection", broken, "unknown", "payment"],
  ] as const)("not paid, by %s", async (_, charge, charged, cause) => {
    const { checkout, lines, metrics } = await shopWhere({ payment: { charge } });

    const reason = await checkout.placeOrder(request).catch(({ message }) => message.split(":")[0]);

    expect(lines("payment_failed")).toEqual([
      { event: "payment_failed", ...about, charged, reason, message: "An order was not paid." },
    ]);
    expect(figures(await metrics(), /^orders_(failed|placed)/)).toEqual([
      `orders_failed_total{cause="${cause}",currency="USD",synthetic="false"} 1`,
    ]);
    expect(lines("order_completed")).toEqual([]);
  });

  it.each([
    [
      "no carrier",
      refuse("FAILED_PRECONDITION", "no van"),
      {},
      { shipped: "no", refunded: "yes", reason: "UNAVAILABLE" },
    ],
    ["an answer that got lost", broken, {}, { shipped: "unknown", refunded: "yes", reason: "UNAVAILABLE" }],
    [
      "neither carrier nor refund",
      refuse("INVALID_ARGUMENT", "label"),
      { refund: refuse("FAILED_PRECONDITION", "already refunded") },
      { shipped: "no", refunded: "no", reason: "UNAVAILABLE" },
    ],
  ])("charged and not shipped, by %s", async (_, shipOrder, payment, fields) => {
    const { checkout, lines, metrics } = await shopWhere({
      shipping: { shipOrder },
      payment: { charge: () => ({ transactionId: "T-1" }), refund: () => ({ refundId: "R-1" }), ...payment },
    });

    await failed(checkout.placeOrder({ ...request, userCurrency: "EUR" }));

    const message = "An order was charged and not shipped.";
    expect(lines("shipping_failed")).toEqual([
      { event: "shipping_failed", ...about, transaction_id: "T-1", ...fields, message },
    ]);
    expect(figures(await metrics(), /^orders_(failed|placed)/)).toEqual([
      'orders_failed_total{cause="shipping",currency="EUR",synthetic="false"} 1',
    ]);
    expect(lines("order_completed")).toEqual([]);
  });

  it.each([
    ["with a cart that is still full", "cart_empty_failed", { cart: { emptyCart: away } }],
    ["without a confirmation", "email_confirmation_failed", { email: { sendOrderConfirmation: away } }],
  ])("or stands %s", async (_, event, different) => {
    const { checkout, lines, pass } = await shopWhere(different);

    await checkout.placeOrder(request);

    await expect.poll(() => lines(event)).toMatchObject([{ ...about, reason: "UNAVAILABLE" }]);
    expect(lines("order_completed")).toHaveLength(1);
    pass(5 * MINUTES);
    expect(lines("order_stats_summary")).toMatchObject([{ orders: 1, succeeded: 1, failed: 0, success_rate: 100 }]);
  });
});

it("nothing personal is in any line or metric, whatever fails with whatever words (original: the e-mail address)", async () => {
  const telltale = refuse("FAILED_PRECONDITION", "ada@example.com of 1 Main St paid with 4432801561520454");
  const faults: Parameters<typeof shopWhere>[0][] = [
    {},
    { cart: { getCart: telltale } },
    { catalog: { listProducts: telltale } },
    { shipping: { getQuote: telltale } },
    { payment: { charge: telltale } },
    { shipping: { shipOrder: telltale } },
    { shipping: { shipOrder: telltale }, payment: { refund: telltale } },
    { cart: { emptyCart: telltale }, email: { sendOrderConfirmation: telltale } },
  ];
  const names = [
    "order_completed",
    "cart_preparation_failed",
    "payment_failed",
    "shipping_failed",
    "cart_empty_failed",
    "email_confirmation_failed",
    "order_stats_summary",
  ];
  const seen = new Set<string>();
  for (const different of faults) {
    const { checkout, lines, pass, metrics } = await shopWhere(different);
    await checkout.placeOrder(request).catch(() => {});
    pass(5 * MINUTES);
    const written = names.flatMap((name) => lines(name));
    for (const { event } of written) seen.add(String(event));
    const text = JSON.stringify(written) + (await metrics());
    expect(text).not.toMatch(/"ada"|ada@|example|Main|Springfield|97477|4432|0454|672/);
  }
  expect([...seen].sort()).toEqual([...names].sort());
});
