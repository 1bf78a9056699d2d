import type { Message } from "@boutique/contract/proto";
import { RpcError } from "@boutique/rpc/error";
import { describe, expect, it } from "vitest";
import { type Fakes, hiddenIn, linksIn, mug, openShop, orderForm } from "./shop.ts";

type Asked = Message<"PlaceOrderRequest">;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const orderId = "5f3a0c7e-0000-8000-8000-000000000001";
const fail = (code: ConstructorParameters<typeof RpcError>[0], words: string) => () => {
  throw new RpcError(code, words);
};

const placed = ({ userCurrency: currencyCode }: Asked) => ({
  order: {
    orderId,
    shippingTrackingId: "AB-12345-123456789",
    shippingCost: { currencyCode, units: "8", nanos: 990_000_000 },
    items: [
      { item: { productId: mug.id, quantity: 2 }, cost: { currencyCode, units: "8", nanos: 990_000_000 } },
      { item: { productId: "GONE", quantity: 1 }, cost: { currencyCode, units: "1", nanos: 5_000_000 } },
    ],
  },
  placedAtMs: Date.UTC(2026, 2, 3, 14, 5),
});

/** A shop with two mugs in the cart, whose checkout answers in turn as it is told, then places every order. */
async function shopThat(...answers: ((asked: Asked) => ReturnType<typeof placed>)[]) {
  const asked: Asked[] = [];
  const placeOrder = (request: Asked) => {
    asked.push(request);
    return (answers.shift() ?? placed)(request);
  };
  const shop = await openShop({ checkout: { placeOrder } });
  await shop.post("/cart", { product_id: mug.id, quantity: "2" });
  return { shop, asked, form: async () => hiddenIn((await shop.get("/cart")).text) };
}

describe("the checkout form", () => {
  it("has the exact total that is shown, and one key until its order has ended", async () => {
    const { shop, form } = await shopThat();

    const [first, second] = [await form(), await form()];
    await shop.post("/cart/checkout", { ...orderForm, ...first });
    const third = await form();

    expect(first).toEqual({ idempotency_key: expect.stringMatching(uuid), expected_total: "26.97 USD" });
    expect(second).toEqual(first);
    expect(third.idempotency_key).toMatch(uuid);
    expect(third.idempotency_key).not.toBe(first.idempotency_key);
  });

  it("asks for the same order from another window, and by who saw no answer to the first", async () => {
    const { shop, asked, form } = await shopThat();
    const [one, other] = [await form(), await form()];

    await shop.postUnseen("/cart/checkout", { ...orderForm, ...one });
    await shop.post("/cart/checkout", { ...orderForm, ...(await form()) });
    await shop.post("/cart/checkout", { ...orderForm, ...other });

    expect(asked.map(({ idempotencyKey }) => idempotencyKey)).toEqual(Array(3).fill(one.idempotency_key));
  });

  it("keeps its key when another order ends, one of an older form", async () => {
    const { shop, form } = await shopThat();
    const hidden = await form();

    await shop.post("/cart/checkout", { ...orderForm, ...hidden, idempotency_key: "an-older-form" });

    expect(await form()).toEqual(hidden);
  });

  it("says both to the checkout service, and the same again when it is sent twice", async () => {
    const { shop, asked, form } = await shopThat();
    const hidden = await form();

    const pages = [await shop.post("/cart/checkout", { ...orderForm, ...hidden })];
    pages.push(await shop.post("/cart/checkout", { ...orderForm, ...hidden }));

    expect(asked.map(({ idempotencyKey }) => idempotencyKey)).toEqual(Array(2).fill(hidden.idempotency_key));
    expect(asked[0]?.expectedTotal).toEqual({ currencyCode: "USD", units: "26", nanos: 970_000_000 });
    for (const { status, text } of pages) {
      expect(status).toBe(200);
      expect(text).toContain(orderId);
      expect(text).toContain("$27.97");
    }
    expect(await shop.metrics()).toContain('storefront_funnel_total{step="order",synthetic="false"} 1\n');
    expect(await shop.metrics()).toContain('storefront_orders_value_total{currency="USD",synthetic="false"} 27.97');
  });

  it("of a client that knows neither is an order by a new key, with nothing to compare", async () => {
    const { shop, asked } = await shopThat();

    await shop.post("/cart/checkout", orderForm);
    await shop.post("/cart/checkout", orderForm);

    expect(asked.map(({ expectedTotal }) => expectedTotal)).toEqual([null, null]);
    for (const { idempotencyKey } of asked) expect(idempotencyKey).toMatch(uuid);
    expect(asked[0]?.idempotencyKey).not.toBe(asked[1]?.idempotencyKey);
  });

  it("is an order in the currency that it showed, whatever was chosen since", async () => {
    const { shop, asked, form } = await shopThat();
    const hidden = await form();
    await shop.post("/setCurrency", { currency_code: "EUR" });

    await shop.post("/cart/checkout", { ...orderForm, ...hidden });

    expect(asked[0]?.userCurrency).toBe("USD");
  });

  it.each([
    ["idempotency_key", "x"],
    ["idempotency_key", "<script>alert(1)</script>"],
    ["idempotency_key", "a".repeat(65)],
    ["expected_total", "26.97"],
    ["expected_total", "1e3 USD"],
    ["expected_total", "-1.00 USD"],
    ["expected_total", "99999999999999999999.00 USD"],
  ])("whose %s is %j is refused by a page that names the field, and nothing is asked", async (field, value) => {
    const { shop, asked } = await shopThat();

    const { status, text } = await shop.post("/cart/checkout", { ...orderForm, [field]: value });

    expect(status).toBe(422);
    expect(text).toContain(`${field} must be`);
    expect(linksIn(text)).toContain("/cart");
    expect(asked).toEqual([]);
  });

  it("keeps its key when a field will not do, and has a new one when the card was refused", async () => {
    const { shop, form } = await shopThat(
      fail("INVALID_ARGUMENT", "credit_card.credit_card_number: the card is refused"),
    );
    const hidden = await form();
    const send = async (more: Record<string, string>) =>
      hiddenIn((await shop.post("/cart/checkout", { ...orderForm, ...hidden, ...more })).text).idempotency_key;

    expect(await send({ zip_code: "x" })).toBe(hidden.idempotency_key);
    expect(await send({})).toMatch(uuid);
  });
});

describe("an order that now costs something else", () => {
  it("is shown with its new total and the typed values, to be sent again by a new key", async () => {
    let units = "8";
    const shop = await openShop({
      catalog: { listProducts: () => ({ products: [{ ...mug, priceUsd: { currencyCode: "USD", units, nanos: 0 } }] }) },
      checkout: { placeOrder: fail("ABORTED", "expected_total: it is 28.99 USD by now") },
    });
    await shop.post("/cart", { product_id: mug.id, quantity: "2" });
    const hidden = hiddenIn((await shop.get("/cart")).text);
    units = "10";

    const { status, text } = await shop.post("/cart/checkout", { ...orderForm, ...hidden });

    expect(hidden.expected_total).toBe("24.99 USD");
    expect(status).toBe(409);
    expect(text).toContain("it now comes to $28.99.");
    expect(text).toContain("press “Place order” again");
    expect(text).toContain('value="Springfield"');
    expect(text).not.toContain('value="672"');
    const again = hiddenIn(text);
    expect(again.expected_total).toBe("28.99 USD");
    expect(again.idempotency_key).not.toBe(hidden.idempotency_key);
  });

  it("than one by the same key that stands is told of it, and is another one by a new key", async () => {
    const { shop, form } = await shopThat(fail("ABORTED", "expected_total: the order by this key came to $12.34"));
    const hidden = await form();

    const { status, text } = await shop.post("/cart/checkout", { ...orderForm, ...hidden });

    expect(status).toBe(409);
    expect(text).toContain("that order stands: it came to $12.34. What is in the cart comes to $26.97.");
    expect(text.split("</header>")[1]?.split("<footer")[0]).toContain('href="/orders"');
    expect(text).not.toContain("has changed");
    expect(hiddenIn(text).idempotency_key).not.toBe(hidden.idempotency_key);
    expect(await form()).toEqual(hiddenIn(text));
  });
});

describe("an order of which no end is known", () => {
  it.each([
    ["nothing was charged: a part does not answer", "UNAVAILABLE", "Nothing was charged", ["/cart"]],
    ["words of another make", "UNAVAILABLE", "write to us before you try again", ["/cart"]],
    ["words of another make", "INTERNAL", "write to us before you try again", ["/cart"]],
    [`order ${orderId} is not settled yet`, "UNAVAILABLE", "Nothing is charged twice", [`/order/${orderId}`]],
  ] as const)("keeps its key for the next form: %s", async (words, code, told, ways) => {
    const { shop, asked, form } = await shopThat(fail(code, words));
    const { idempotency_key = "" } = await form();

    const failed = await shop.post("/cart/checkout", { ...orderForm, idempotency_key });

    expect(failed.status).toBe(503);
    expect(failed.headers.get("retry-after")).toBe(told.startsWith("write") ? null : "2");
    expect(failed.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^shop_order-key=[\w-]+; Max-Age=3600; Path=\/;.*HttpOnly; SameSite=Lax$/),
    ]);
    expect(failed.text).toContain(told);
    for (const way of ways) expect(linksIn(failed.text)).toContain(way);
    const again = await form();
    expect(again.idempotency_key).toBe(idempotency_key);
    expect((await shop.post("/cart/checkout", { ...orderForm, ...again })).text).toContain(orderId);
    expect(asked.map(({ idempotencyKey }) => idempotencyKey)).toEqual([idempotency_key, idempotency_key]);
    expect((await form()).idempotency_key).not.toBe(idempotency_key);
  });

  it("without an answer within its time is one of them", async () => {
    const shop = await openShop({ checkout: { placeOrder: () => new Promise(() => {}) } }, { ORDER_TIMEOUT_MS: "500" });
    await shop.post("/cart", { product_id: mug.id, quantity: "1" });
    const hidden = hiddenIn((await shop.get("/cart")).text);

    const { status, headers, text } = await shop.post("/cart/checkout", { ...orderForm, ...hidden });

    expect([status, headers.get("retry-after")]).toEqual([503, "2"]);
    expect(text).toContain("We do not know yet");
    expect(text).toContain("charged once at most");
    for (const way of ["/orders", "/cart"]) expect(linksIn(text)).toContain(way);
    expect(hiddenIn((await shop.get("/cart")).text)).toEqual(hidden);
  });

  it("is over when the charge was given back: the next form has a new key", async () => {
    const { shop, form } = await shopThat(
      fail("UNAVAILABLE", "late"),
      fail("UNAVAILABLE", `order ${orderId} could not be shipped; the charge was given back`),
    );
    const first = await form();
    await shop.post("/cart/checkout", { ...orderForm, ...first });
    expect(await form()).toEqual(first);

    const { headers, text } = await shop.post("/cart/checkout", { ...orderForm, ...first });

    expect(headers.get("retry-after")).toBeNull();
    expect(text).toContain("given back to your card");
    expect((await form()).idempotency_key).not.toBe(first.idempotency_key);
  });

  it("is forgotten with the cart, whether it took what was in it or the shopper did", async () => {
    const { shop, form } = await shopThat(fail("UNAVAILABLE", "late"), fail("UNAVAILABLE", "late"));
    const send = async () => shop.post("/cart/checkout", { ...orderForm, ...(await form()) });
    const forgotten = [expect.stringMatching(/^shop_order-key=; .*Expires=Thu, 01 Jan 1970/)];
    await send();

    expect((await shop.post("/cart/empty", {})).headers.getSetCookie()).toEqual(forgotten);
    await send();
    expect((await shop.get("/cart")).headers.getSetCookie()).toEqual(forgotten);
  });
});

describe("the orders of a shopper", () => {
  const orders: Fakes["checkout"] = {
    listOrders: () => ({ orders: [placed({ userCurrency: "EUR" } as Asked), { order: newer, placedAtMs: 0 }] }),
    getOrder: (asked) =>
      asked.orderId === orderId && asked.userId
        ? placed({ userCurrency: "EUR" } as Asked)
        : fail("NOT_FOUND", "no such order")(),
  };
  const newer = {
    orderId: "5f3a0c7e-0000-8000-8000-000000000002",
    shippingTrackingId: "AB-1-1",
    shippingCost: { currencyCode: "USD", units: "1", nanos: 0 },
    items: [],
  };

  it("are listed as the checkout service has them, each with its time, what was in it, its total and its page", async () => {
    const shop = await openShop({ checkout: orders });

    const { status, text } = await shop.get("/orders");

    expect(status).toBe(200);
    expect(linksIn(text).filter((link) => link.startsWith("/order/"))).toEqual([
      `/order/${orderId}`,
      `/order/${newer.orderId}`,
    ]);
    expect(text).toContain("3 March 2026 at 14:05 UTC");
    expect(text).toContain("3 items: Mug, GONE");
    expect(text).toContain("€27.97");
  });

  it("have a page each, which shows the same as when it was placed, without the letter on its way", async () => {
    const shop = await openShop({ checkout: orders });

    const { status, text } = await shop.get(`/order/${orderId}`);

    expect(status).toBe(200);
    expect(text).toContain(`id="order-id">${orderId}<`);
    expect(text).toContain('id="tracking-id">AB-12345-123456789<');
    expect(text).toContain('id="total-paid">€27.97<');
    expect(text).toContain("3 March 2026 at 14:05 UTC");
    expect(text).not.toContain("on its way to");
  });

  it.each(["/order/nobodys", "/order/%00", `/order/${"x".repeat(900)}`])("do not include %.20s: 404", async (path) => {
    const shop = await openShop({ checkout: orders });

    expect((await shop.get(path)).status).toBe(404);
  });

  it.each([
    [`order ${orderId} is not settled yet`, "UNAVAILABLE", "Your order is not settled yet", 503, "2"],
    [`order ${orderId} could not be shipped; the charge was given back`, "NOT_FOUND", "given back to your", 200, null],
  ] as const)("include one of which is told: %s", async (words, code, told, as, retryAfter) => {
    const shop = await openShop({ checkout: { getOrder: fail(code, words) } });

    const { status, headers, text } = await shop.get(`/order/${orderId}`);

    expect([status, headers.get("retry-after")]).toEqual([as, retryAfter]);
    expect(text).toContain(told);
    expect(text).not.toContain("Your cart");
  });

  it("may be none", async () => {
    const shop = await openShop({ checkout: { listOrders: () => ({ orders: [] }) } });

    const { status, text } = await shop.get("/orders");

    expect(status).toBe(200);
    expect(text).toContain("No orders yet");
  });

  it("are not kept by a checkout service of another make, which is no error", async () => {
    const shop = await openShop();

    const list = await shop.get("/orders");

    expect(list.status).toBe(200);
    expect(list.text).toContain("No list of orders here");
    expect((await shop.get(`/order/${orderId}`)).status).toBe(404);
  });

  it.each(["UNAVAILABLE", "INTERNAL"] as const)("wait for a checkout service that is away: %s", async (code) => {
    const away = fail(code, "secret");
    const shop = await openShop({ checkout: { listOrders: away, getOrder: away } });

    for (const path of ["/orders", `/order/${orderId}`]) {
      const { status, headers, text } = await shop.get(path);
      expect([status, headers.get("retry-after")]).toEqual([503, "2"]);
      expect(linksIn(text)).toContain(path);
      expect(text).not.toContain("secret");
    }
  });

  it("are linked from every page", async () => {
    const shop = await openShop();

    for (const path of ["/", "/cart", "/nowhere"]) expect(linksIn((await shop.get(path)).text)).toContain("/orders");
  });
});
