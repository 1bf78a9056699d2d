import type { MessageInit } from "@boutique/contract/proto";
import { recordBusiness } from "@boutique/testkit/business";
import { describe, expect, it } from "vitest";
import { createEmail } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";
import type { Call, Mail } from "../src/transport.ts";
import { line, order } from "./order.ts";
import { serve } from "./serve.ts";

const email = "someone@shop.example.com";

async function setUp() {
  const mails: Mail[] = [];
  return { mails, ...(await serve({ send: async (mail) => void mails.push(mail) })) };
}

describe("sendOrderConfirmation", () => {
  it("sends the confirmation to the shopper (original: nothing is sent)", async () => {
    const { client, mails } = await setUp();

    expect(await client.sendOrderConfirmation({ email, order })).toEqual({});
    expect(mails).toEqual([
      {
        to: email,
        subject: `Your Online Boutique order ${order.orderId}`,
        html: expect.stringContaining(order.shippingTrackingId),
        text: expect.stringContaining(order.shippingTrackingId),
      },
    ]);
  });

  it("is sent within the time of who asks for it, or until they hang up", async () => {
    const calls: Call[] = [];
    const transport = { send: async (_: Mail, call: Call) => void calls.push(call) };
    const signals = createSignals(recordBusiness().business);
    const context = { deadline: 1_900_000_000_000, signal: new AbortController().signal, trace: {} };

    await createEmail(transport, signals).sendOrderConfirmation({ email, order }, context);

    expect(calls).toMatchObject([{ deadline: context.deadline }]);
    expect(calls[0]?.signal).toBe(context.signal);
  });

  it.each([
    "a@b.co",
    "first.last+tag@sub.domain.example",
    "o'hara_99@example-shop.com",
    "jörg@münchen.example",
    `${"x".repeat(64)}@example.com`,
  ])("writes to %s", async (email) => {
    const { client, mails } = await setUp();

    await client.sendOrderConfirmation({ email, order });

    expect(mails).toHaveLength(1);
  });

  it.each([
    ["nothing", "", "email is missing"],
    ["no @", "someone.example.com", "email is not an address"],
    ["two @", "some@one@example.com", "email is not an address"],
    ["no name", "@boutique.example", "email is not an address"],
    ["no domain", "someone@", "email is not an address"],
    ["a domain without a dot", "someone@localhost", "email is not an address"],
    ["a domain with two dots", "someone@example..com", "email is not an address"],
    ["a domain that ends in a dot", "someone@example.com.", "email is not an address"],
    ["a blank", "some one@example.com", "email is not an address"],
    ["a line break", "someone@example.com\r\nBcc: all@example.com", "email is not an address"],
    ["a control character", "some\u0000one@example.com", "email is not an address"],
    ["two addresses", "someone@example.com,other@example.com", "email is not an address"],
    ["a name beside it", "Someone <someone@example.com>", "email is not an address"],
    ["a quoted name", '"someone@evil.example x"@example.com', "email is not an address"],
    ["too many characters", `someone@${"long.".repeat(60)}example.com`, "email is not an address"],
  ])("refuses an address of %s, and does not repeat it (original: nothing validated)", async (_, email, words) => {
    const { client, mails, sent } = await setUp();

    const refusal = await client.sendOrderConfirmation({ email, order }).catch((error) => error);

    expect(refusal.message).toContain(`INVALID_ARGUMENT: ${words}`);
    if (email) expect(refusal.message).not.toContain(email);
    expect([mails, sent()]).toEqual([[], []]);
  });

  it.each<[string, MessageInit<"OrderResult"> | null, string]>([
    ["no order", null, "order is missing"],
    ["no order id", { ...order, orderId: "" }, "order.order_id is missing"],
    ["a line break in the order id", { ...order, orderId: "1\r\nBcc: all" }, "order.order_id has control characters"],
    ["no shipping cost", { ...order, shippingCost: null }, "order.shipping_cost is missing"],
    ["a line without an item", { ...order, items: [line, {}] }, "order.items[1].item is missing"],
    ["a line without a price", { ...order, items: [{ ...line, cost: null }] }, "order.items[0].cost is missing"],
    [
      "no quantity",
      { ...order, items: [{ ...line, item: { productId: "A" } }] },
      "order.items[0].item.quantity is 0: must be at least 1",
    ],
    [
      "a price of two signs",
      { ...order, items: [{ ...line, cost: { currencyCode: "CAD", units: "1", nanos: -1 } }] },
      "order.items[0].cost has units and nanos of different signs",
    ],
    [
      "prices of two currencies",
      { ...order, shippingCost: { ...order.shippingCost, currencyCode: "USD" } },
      'order.items[0].cost.currency_code is "CAD": not that of order.shipping_cost',
    ],
    [
      "a line that comes to too much",
      { ...order, items: [{ ...line, cost: { currencyCode: "CAD", units: "9223372036854775807" } }] },
      'order.items[0]: the amount is too large to write in "CAD"',
    ],
  ])("refuses %s", async (_, order, words) => {
    const { client, mails } = await setUp();

    await expect(client.sendOrderConfirmation({ email, order })).rejects.toThrow(`INVALID_ARGUMENT: ${words}`);
    expect(mails).toEqual([]);
  });
});
