import { describe, expect, it } from "vitest";
import { address, creditCard, product, refuse, request, shopWhere, usd } from "./shop.ts";

describe("an order", () => {
  it("costs its lines and its shipping, and is charged, shipped, emptied and mailed", async () => {
    const { checkout, calls, asked } = await shopWhere();

    const { order } = await checkout.placeOrder(request);

    expect(order).toEqual({
      orderId: "ORDER-1",
      shippingTrackingId: "AB-12345-123456789",
      shippingCost: usd("8", 990_000_000),
      shippingAddress: address,
      items: [
        { item: { productId: "MUG", quantity: 2 }, cost: usd("8", 990_000_000) },
        { item: { productId: "HAT", quantity: 1 }, cost: usd("0", 500_000_000) },
      ],
    });
    expect(asked.charge).toMatchObject({ amount: usd("27", 470_000_000), creditCard });
    expect(asked.sendOrderConfirmation).toMatchObject({ email: "ada@example.com", order });
    const items = [
      { productId: "MUG", quantity: 2 },
      { productId: "HAT", quantity: 1 },
    ];
    expect(asked.emptyCart).toEqual({ userId: "ada", items, idempotencyKey: "ORDER-1" });
    expect(calls.indexOf("charge")).toBeLessThan(calls.indexOf("shipOrder"));
    expect(calls.indexOf("shipOrder")).toBeLessThan(calls.indexOf("emptyCart"));
  });

  it("is charged in the shopper's currency, converted in one call", async () => {
    const { checkout, calls, asked } = await shopWhere();

    const { order } = await checkout.placeOrder({ ...request, userCurrency: "EUR" });

    expect(order?.shippingCost).toEqual({ currencyCode: "EUR", units: "16", nanos: 990_000_000 });
    expect(asked.charge).toMatchObject({ amount: { currencyCode: "EUR", units: "51", nanos: 470_000_000 } });
    expect(calls.filter((call) => call === "convertMany")).toHaveLength(1);
  });

  it.each([2, 40])("of %i lines takes at most 9 calls (original: 7 and two more for each line)", async (lines) => {
    const items = Array.from({ length: lines }, (_, line) => ({ productId: `P${line}`, quantity: 1 }));
    const { checkout, calls } = await shopWhere({
      cart: { getCart: ({ userId }) => ({ userId, items }) },
      catalog: { listProducts: () => ({ products: items.map(({ productId }) => product(productId, usd("1", 0))) }) },
    });

    await checkout.placeOrder({ ...request, userCurrency: "EUR" });

    expect(calls.length).toBeLessThanOrEqual(9);
  });

  it("converts amount by amount where the currency service knows no other way", async () => {
    const { checkout, asked } = await shopWhere({
      currency: {
        convertMany: refuse("UNIMPLEMENTED", "unknown method"),
        convert: ({ from, toCode }) => ({ currencyCode: toCode, units: from?.units ?? "0", nanos: 0 }),
      },
    });

    await checkout.placeOrder({ ...request, userCurrency: "EUR" });

    expect(asked.charge).toMatchObject({ amount: { currencyCode: "EUR", units: "24", nanos: 0 } });
  });

  it("may go to as long an address as the storefront's form takes", async () => {
    const words = { city: "x".repeat(128), state: "x".repeat(128), country: "x".repeat(128) };
    const long = { email: "x".repeat(254), address: { ...address, ...words, streetAddress: "x".repeat(512) } };
    const { checkout } = await shopWhere();

    expect((await checkout.placeOrder({ ...request, ...long })).order?.shippingAddress).toEqual(long.address);
  });

  it("adds up amounts below one unit (original: the process dies)", async () => {
    const { checkout, asked } = await shopWhere({
      cart: { getCart: ({ userId }) => ({ userId, items: [{ productId: "HAT", quantity: 1 }] }) },
      shipping: { getQuote: () => ({ costUsd: usd("0", 200_000_000) }), shipOrder: () => ({ trackingId: "AA-1-1" }) },
    });

    await checkout.placeOrder(request);

    expect(asked.charge).toMatchObject({ amount: usd("0", 700_000_000) });
  });
});

describe("an order is refused, and nothing charged,", () => {
  it.each([
    ["user_id", { userId: "" }, "user_id is missing"],
    ["address (original: shipping dies after the charge)", { address: null }, "address is missing"],
    ["credit card", { creditCard: null }, "credit_card is missing"],
    ["e-mail", { email: "" }, "email is missing"],
    ["currency", { userCurrency: "" }, "user_currency must be a currency code"],
  ])("without %s", async (_, missing, words) => {
    const { checkout, calls } = await shopWhere();

    await expect(checkout.placeOrder({ ...request, ...missing })).rejects.toThrow(`INVALID_ARGUMENT: ${words}`);
    expect(calls).toEqual([]);
  });

  it.each([
    ["email", { email: "x".repeat(255) }, "email has 255 characters: at most 254"],
    [
      "address.street_address",
      { address: { ...address, streetAddress: "x".repeat(513) } },
      "address.street_address has 513 characters: at most 512",
    ],
    ...(["city", "state", "country"] as const).map(
      (field) =>
        [
          `address.${field}`,
          { address: { ...address, [field]: "x".repeat(129) } },
          `address.${field} has 129 characters: at most 128`,
        ] as const,
    ),
  ] as const)("for longer words than fit into %s (original: whatever a message may hold)", async (_, long, words) => {
    const { checkout, calls } = await shopWhere();

    await expect(checkout.placeOrder({ ...request, ...long })).rejects.toThrow(`INVALID_ARGUMENT: ${words}`);
    expect(calls).toEqual([]);
  });

  it("for an empty cart (original: an order of nothing is charged and confirmed)", async () => {
    const { checkout, calls } = await shopWhere({ cart: { getCart: ({ userId }) => ({ userId, items: [] }) } });

    await expect(checkout.placeOrder(request)).rejects.toThrow("FAILED_PRECONDITION: the cart is empty");
    expect(calls).toEqual(["getCart"]);
  });

  it.each([
    ["a product that is gone", { productId: "GONE", quantity: 1 }, "the product GONE is no longer sold"],
    ["a quantity below one", { productId: "MUG", quantity: -4 }, "the cart has -4 of MUG"],
  ])("for %s", async (_, item, words) => {
    const { checkout, calls } = await shopWhere({ cart: { getCart: ({ userId }) => ({ userId, items: [item] }) } });

    await expect(checkout.placeOrder(request)).rejects.toThrow(`FAILED_PRECONDITION: ${words}`);
    expect(calls).not.toContain("charge");
  });

  it("for a currency nobody knows, with the code's name (original: a total of 0)", async () => {
    const { checkout, calls } = await shopWhere({
      currency: { convertMany: refuse("INVALID_ARGUMENT", "to_code XXX is not known") },
    });

    await expect(checkout.placeOrder({ ...request, userCurrency: "XXX" })).rejects.toThrow(
      "INVALID_ARGUMENT: to_code XXX",
    );
    expect(calls).not.toContain("charge");
  });

  it.each(["UNAVAILABLE", "NOT_FOUND"] as const)(
    "with the code of the part that failed: %s (original: INTERNAL)",
    async (code) => {
      const { checkout, calls } = await shopWhere({ shipping: { getQuote: refuse(code, "no quote") } });

      await expect(checkout.placeOrder(request)).rejects.toThrow(code);
      expect(calls).not.toContain("charge");
    },
  );
  it("without the words of a part that refuses us, and not as the shopper's fault", async () => {
    const words = "cannot access redis-cart:6379 password=hunter2";
    const { checkout } = await shopWhere({ cart: { getCart: refuse("FAILED_PRECONDITION", words) } });

    await expect(checkout.placeOrder(request)).rejects.toThrow("UNAVAILABLE: nothing was charged");
  });
});

describe("a card", () => {
  it.each([
    ["INVALID_ARGUMENT", "credit_card.credit_card_number: not a card number"],
    ["FAILED_PRECONDITION", "credit_card.credit_card_number: expired"],
  ] as const)("that is refused keeps the code %s, the words and the cart", async (code, words) => {
    const { checkout, calls } = await shopWhere({ payment: { charge: refuse(code, words) } });

    await expect(checkout.placeOrder(request)).rejects.toThrow(`${code}: ${words}`);
    expect(calls).not.toContain("shipOrder");
    expect(calls).not.toContain("emptyCart");
  });

  it("that a payment service of another make refuses is still named as the cause", async () => {
    const { checkout } = await shopWhere({ payment: { charge: refuse("INVALID_ARGUMENT", "card info is invalid") } });

    await expect(checkout.placeOrder(request)).rejects.toThrow("INVALID_ARGUMENT: credit_card: card info is invalid");
  });
});

describe("after the charge", () => {
  it("a parcel that cannot be sent gives the money back (original: it is kept)", async () => {
    const { checkout, calls, asked, errors } = await shopWhere({
      shipping: { shipOrder: refuse("FAILED_PRECONDITION", "no van") },
    });

    await expect(checkout.placeOrder(request)).rejects.toThrow(
      "UNAVAILABLE: order ORDER-1 could not be shipped; the charge was given back",
    );
    expect(errors).toEqual([]);
    expect(asked.refund).toEqual({
      transactionId: "T-1",
      amount: usd("27", 470_000_000),
      idempotencyKey: "ORDER-1",
      reason: "not shipped",
    });
    expect(calls).not.toContain("emptyCart");
  });

  it.each([
    ["DEADLINE_EXCEEDED", "too late"],
    ["UNAVAILABLE", "Connection dropped"],
  ] as const)("a parcel of which nobody knows is not said to be held back: %s, %s", async (code, words) => {
    const { checkout } = await shopWhere({ shipping: { shipOrder: refuse(code, words) } });

    await expect(checkout.placeOrder(request)).rejects.toThrow(
      `${code}: order ORDER-1 was perhaps not shipped; the charge was given back`,
    );
  });

  it("a refund that fails is said to the shopper, and to whoever must see to it", async () => {
    const { checkout, errors } = await shopWhere({
      shipping: { shipOrder: refuse("UNAVAILABLE", "no van") },
      payment: { charge: () => ({ transactionId: "T-1" }), refund: refuse("UNIMPLEMENTED", "unknown method") },
    });

    await expect(checkout.placeOrder(request)).rejects.toThrow("the charge could not be given back yet");
    expect(errors).toMatchObject([
      {
        order_id: "ORDER-1",
        transaction_id: "T-1",
        error: { details: "unknown method" },
        words: "a charge without a parcel was not refunded",
      },
    ]);
  });

  it("a charge whose outcome nobody knows is told as that, and logged with the order", async () => {
    const { checkout, errors } = await shopWhere({ payment: { charge: refuse("DEADLINE_EXCEEDED", "too late") } });

    await expect(checkout.placeOrder(request)).rejects.toThrow(
      "DEADLINE_EXCEEDED: order ORDER-1 may have been charged",
    );
    expect(errors).toMatchObject([{ order_id: "ORDER-1", words: "perhaps charged, not shipped" }]);
  });

  it.each([
    ["the e-mail", { email: { sendOrderConfirmation: refuse("UNAVAILABLE", "no post") } }],
    ["emptying the cart", { cart: { emptyCart: refuse("UNAVAILABLE", "no store") } }],
  ])("the order stands without %s", async (_, different) => {
    const { checkout } = await shopWhere(different);

    expect((await checkout.placeOrder(request)).order?.orderId).toBe("ORDER-1");
  });

  it("the order is finished even when its shopper hangs up (original: charged, never shipped)", async () => {
    let hangUp = () => {};
    const shipped = Promise.withResolvers<void>();
    const charging = Promise.withResolvers<{ transactionId: string }>();
    const { checkout } = await shopWhere({
      payment: {
        charge: () => {
          hangUp();
          return charging.promise;
        },
      },
      shipping: {
        shipOrder: () => {
          shipped.resolve();
          return { trackingId: "AA-1-1" };
        },
      },
    });
    const { withContext } = await import("@boutique/rpc/context");
    const gone = new AbortController();
    hangUp = () => {
      gone.abort();
      setTimeout(() => charging.resolve({ transactionId: "T-1" }), 50);
    };

    const context = { deadline: Date.now() + 5_000, signal: gone.signal, trace: {} };
    await expect(withContext(context, () => checkout.placeOrder(request))).rejects.toThrow("CANCELLED");
    await shipped.promise;
  });
});
