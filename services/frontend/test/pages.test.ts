import { RpcError } from "@boutique/rpc/error";
import { describe, expect, it } from "vitest";
import { linksIn, mug, openShop, orderForm } from "./shop.ts";

const fail =
  (code: ConstructorParameters<typeof RpcError>[0], words = "secret 10.0.0.1") =>
  () => {
    throw new RpcError(code, words);
  };

describe("looking around", () => {
  it("shows all products with prices in dollars at first", async () => {
    const shop = await openShop();

    const { status, text } = await shop.get("/");

    expect(status).toBe(200);
    expect(text).toContain("Mug");
    expect(text).toContain("$8.99");
    expect(text.length).toBeLessThan(25_000);
  });

  it("finds products by words, and says how many", async () => {
    const shop = await openShop();

    expect((await shop.get("/search?q=Mug")).text).toContain("1 product for “Mug”");
    expect((await shop.get("/search?q=zzz")).text).toContain("0 products for “zzz”");
    expect((await shop.get("/search")).text).toContain("Everything in the shop");
  });

  it("shows a product with what goes with it and an ad, its text escaped", async () => {
    const shop = await openShop();

    const { text } = await shop.get(`/product/${mug.id}`);

    expect(text).toContain("A mug &lt;b&gt;of&lt;/b&gt; one&#x27;s own");
    expect(text).toContain("A jar for less");
    expect(linksIn(text)).toContain("/product/9SIQT8TOJO?from=recommendation");
    expect(linksIn(text)).toContain("/product/9SIQT8TOJO?from=ad");
  });

  it("shows no ad that leads to the page it stands on (original: it may)", async () => {
    const shop = await openShop({
      ad: { getAds: () => ({ ads: [{ redirectUrl: `/product/${mug.id}`, text: "Here!" }] }) },
    });

    expect((await shop.get(`/product/${mug.id}`)).text).not.toContain("Here!");
  });

  it("answers 404 for a product that is not there (original: 500)", async () => {
    const shop = await openShop();

    const { status, text } = await shop.get("/product/NOPE");

    expect(status).toBe(404);
    expect(text).toContain("This page does not exist");
  });

  it("gives a product as JSON, and 404 for none (original: 200 and nothing)", async () => {
    const shop = await openShop();

    const { headers, text } = await shop.get(`/product-meta/${mug.id}`);

    expect(headers.get("content-type")).toContain("application/json");
    expect(JSON.parse(text)).toMatchObject({
      id: mug.id,
      picture: "/static/img/products/mug.jpg",
      price_usd: { currency_code: "USD", units: 8, nanos: 990_000_000 },
    });
    expect((await shop.get("/product-meta/NOPE")).status).toBe(404);
  });

  it.each(["ad", "recommendation"] as const)("sells without %s", async (name) => {
    const shop = await openShop({
      [name]: { getAds: fail("UNAVAILABLE"), listRecommendations: fail("UNAVAILABLE") },
    });

    expect((await shop.get(`/product/${mug.id}`)).status).toBe(200);
    expect((await shop.get("/cart")).status).toBe(200);
  });

  it("shows the parcel of a product where a packaging service knows it, and does without where none answers", async () => {
    const { createServer } = await import("node:http");
    const packaging = createServer((request, response) => {
      if (request.url === `/sizes/${mug.id}`) response.end('{"weight": 0.5, "width": 10, "height": 12, "depth": 0}');
      else response.writeHead(404).end();
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => packaging.once("listening", resolve));
    const { port } = packaging.address() as { port: number };
    const shop = await openShop({}, { PACKAGING_SERVICE_URL: `http://127.0.0.1:${port}/sizes/` });

    expect((await shop.get(`/product/${mug.id}`)).text).toMatch(/0\.5 lb.*10 cm.*12 cm.*n\/a/s);
    expect((await shop.get("/product/9SIQT8TOJO")).text).not.toContain(" lb");
    packaging.close().closeAllConnections();
  });

  it("does not wait for a packaging service that says nothing (original: for ever)", async () => {
    const { createServer } = await import("node:http");
    const packaging = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => packaging.once("listening", resolve));
    const { port } = packaging.address() as { port: number };
    const shop = await openShop({}, { PACKAGING_SERVICE_URL: `http://127.0.0.1:${port}` });

    expect((await shop.get(`/product/${mug.id}`)).status).toBe(200);
    packaging.close().closeAllConnections();
  });
});

describe("the currency", () => {
  it("is chosen by a form, kept in a cookie, and comes back to the page it was chosen on", async () => {
    const shop = await openShop();

    const { status, headers } = await shop.post("/setCurrency", {
      currency_code: "EUR",
      return_to: `/product/${mug.id}`,
    });

    expect(status).toBe(302);
    expect(headers.get("location")).toBe(`/product/${mug.id}`);
    expect(headers.getSetCookie().at(-1)).toMatch(
      /^shop_currency=EUR; Max-Age=172800; Path=\/;.*HttpOnly; SameSite=Lax$/,
    );
    expect((await shop.get("/")).text).toContain("€8.99");
  });

  it("offers those of the six that the service has, in its order", async () => {
    const shop = await openShop();

    const { text } = await shop.get("/");

    expect([...text.matchAll(/<option value="([A-Z]{3})"/g)].map(([, code]) => code)).toEqual(["EUR", "USD", "JPY"]);
  });

  it.each(["XXX", "AED", "HRK", ""])("refuses %j (original: takes it and prices all at 0)", async (code) => {
    const shop = await openShop();

    const { status, text } = await shop.post("/setCurrency", { currency_code: code });

    expect(status).toBe(422);
    expect(text).toContain("EUR, USD, JPY");
  });

  it("falls back to dollars for a cookie that says nonsense (original: prices of 0)", async () => {
    const shop = await openShop();

    expect((await shop.get("/", { cookie: "shop_currency=XXX" })).text).toContain("$8.99");
  });

  it.each([
    ["https://evil.example/", "/"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/cart\r\nx: y", "/"],
    ["/cart?x=1", "/cart?x=1"],
  ])("never leads to another site: %j (original: the bare Referer)", async (return_to, location) => {
    const shop = await openShop();

    const { headers } = await shop.post("/setCurrency", { currency_code: "EUR", return_to });

    expect(headers.get("location")).toBe(location);
  });

  it("goes back to the page that sent the form when that is ours, without a return address in it", async () => {
    const shop = await openShop();
    const choose = (referer: string) => shop.post("/setCurrency", { currency_code: "EUR" }, { referer });

    expect((await choose(`${shop.url}/cart`)).headers.get("location")).toBe("/cart");
    expect((await choose("https://evil.example/cart")).headers.get("location")).toBe("/");
  });
});

describe("the cart", () => {
  it("takes products and shows lines, shipping and total", async () => {
    const shop = await openShop();

    const added = await shop.post("/cart", { product_id: mug.id, quantity: "2" });
    const { text } = await shop.get("/cart");

    expect([added.status, added.headers.get("location")]).toEqual([302, "/cart"]);
    expect(text).toContain("$17.98");
    expect(text).toContain("$26.97");
    expect(text).toContain(`SKU #${mug.id}`);
  });

  it.each(["0", "11", "-1", "1.5", "abc", "", "4294967297"])(
    "refuses a quantity of %j at its field",
    async (quantity) => {
      const shop = await openShop();

      const { status, text } = await shop.post("/cart", { product_id: mug.id, quantity });

      expect(status).toBe(422);
      expect(text).toContain("Please choose a quantity from 1 to 10.");
      expect(shop.calls()).not.toContain("cart.addItem");
    },
  );

  it("says so when a line holds no more", async () => {
    const shop = await openShop({ cart: { addItem: fail("INVALID_ARGUMENT", "item.quantity would be 10000") } });

    const { status, text } = await shop.post("/cart", { product_id: mug.id, quantity: "10" });

    expect(status).toBe(422);
    expect(text).toContain("Your cart holds no more of this product.");
  });

  it("refuses products that are not there, and forms that name none", async () => {
    const shop = await openShop();

    expect((await shop.post("/cart", { product_id: "NOPE", quantity: "1" })).status).toBe(404);
    expect((await shop.post("/cart", { quantity: "1" })).status).toBe(422);
  });

  it("shows a line whose product is gone, and what to do (original: 500)", async () => {
    const shop = await openShop({
      cart: { getCart: ({ userId }) => ({ userId, items: [{ productId: "GONE", quantity: 1 }] }) },
    });

    const { status, text } = await shop.get("/cart");

    expect(status).toBe(200);
    expect(text).toContain("GONE is no longer sold");
  });

  it("is emptied by a form", async () => {
    const shop = await openShop();
    await shop.post("/cart", { product_id: mug.id, quantity: "2" });

    expect((await shop.post("/cart/empty", {})).headers.get("location")).toBe("/");
    expect((await shop.get("/cart")).text).toContain("Your cart is empty");
  });

  it("has all twelve months and next year chosen (original: December is called January)", async () => {
    const shop = await openShop();
    await shop.post("/cart", { product_id: mug.id, quantity: "2" });

    const { text } = await shop.get("/cart");

    expect(text).toContain("12 – December");
    expect(text).toContain(`<option value="${new Date().getUTCFullYear() + 1}" selected>`);
  });
});

describe("an order", () => {
  it("is answered with its page: items, total and numbers, and no cookie switcher fails it", async () => {
    const shop = await openShop();
    await shop.post("/cart", { product_id: mug.id, quantity: "2" });

    const { status, text } = await shop.post("/cart/checkout", orderForm);

    expect(status).toBe(200);
    expect(text).toContain("5f3a0c7e-0000-4000-8000-000000000001");
    expect(text).toContain("AB-12345-123456789");
    expect(text).toContain("$30.00");
    expect(text).toContain("Mug");
  });

  it("is shown even when everything else has failed since (original: 500, and the shopper pays again)", async () => {
    let ordered = false;
    const brittle =
      <A, T>(answer: (asked: A) => T) =>
      (asked: A): T =>
        ordered ? fail("UNAVAILABLE")() : answer(asked);
    const shop = await openShop({
      currency: { getSupportedCurrencies: brittle(() => ({ currencyCodes: ["USD"] })) },
      recommendation: { listRecommendations: brittle(() => ({ productIds: [] })) },
      checkout: {
        placeOrder: ({ userCurrency }) => {
          ordered = true;
          const shippingCost = { currencyCode: userCurrency, units: "1", nanos: 0 };
          return { order: { orderId: "ORDER-1", shippingTrackingId: "AA-1-1", shippingCost, items: [] } };
        },
      },
    });

    expect((await shop.post("/cart/checkout", orderForm)).text).toContain("ORDER-1");
  });

  it.each([
    ["email", "ada", "e-mail address"],
    ["email", "ada@localhost", "e-mail address"],
    ["street_address", "", "street address"],
    ["street_address", "x".repeat(513), "street address"],
    ["zip_code", "abc", "zip code"],
    ["zip_code", "-1", "zip code"],
    ["zip_code", "99999999999", "zip code"],
    ["city", " ", "city"],
    ["state", "x".repeat(129), "state"],
    ["country", "", "country"],
    ["credit_card_number", "4432 8015 abcd", "digits of a card"],
    ["credit_card_number", "123", "digits of a card"],
    ["credit_card_expiration_month", "13", "month"],
    ["credit_card_expiration_month", "", "month"],
    ["credit_card_expiration_year", "28", "year"],
    ["credit_card_cvv", "12", "three digits"],
    ["credit_card_cvv", "1234", "three digits"],
  ])(
    "with %s=%.10s is refused at the field, all else kept, and nothing is asked of checkout",
    async (field, value, words) => {
      const shop = await openShop();
      await shop.post("/cart", { product_id: mug.id, quantity: "2" });
      shop.calls();

      const { status, text } = await shop.post("/cart/checkout", { ...orderForm, [field]: value });

      expect(status).toBe(422);
      expect(new RegExp(`id="${field}-error">[^<]*${words}`).test(text)).toBe(true);
      if (field !== "city") expect(text).toContain('value="Springfield"');
      expect(text).not.toContain('value="672"');
      expect(shop.calls()).not.toContain("checkout.placeOrder");
    },
  );

  it.each(["00000", "01234"])("takes the zip code %s (original: refuses 00000)", async (zip_code) => {
    const shop = await openShop();
    await shop.post("/cart", { product_id: mug.id, quantity: "1" });

    expect((await shop.post("/cart/checkout", { ...orderForm, zip_code })).status).toBe(200);
  });

  it("takes the CVV 000 and a card typed with spaces (original: refused)", async () => {
    const shop = await openShop();
    await shop.post("/cart", { product_id: mug.id, quantity: "1" });

    const form = { ...orderForm, credit_card_cvv: "000", credit_card_number: "4432 8015 6152 0454" };
    expect((await shop.post("/cart/checkout", form)).status).toBe(200);
  });

  it("whose card is refused shows the reason at the card, the form and the cart (original: 500)", async () => {
    const words = "credit_card.credit_card_number: the card ending 0454 has expired";
    const shop = await openShop({ checkout: { placeOrder: fail("FAILED_PRECONDITION", words) } });
    await shop.post("/cart", { product_id: mug.id, quantity: "2" });

    const { status, text } = await shop.post("/cart/checkout", orderForm);

    expect(status).toBe(422);
    expect(text).toContain('id="credit_card_number-error">The card ending 0454 has expired.');
    expect(text).toContain("$17.98");
  });

  it("of an empty cart is refused", async () => {
    const shop = await openShop({ checkout: { placeOrder: fail("FAILED_PRECONDITION", "the cart is empty") } });

    const { status, text } = await shop.post("/cart/checkout", orderForm);

    expect(status).toBe(422);
    expect(text).toContain("Your cart is empty");
  });
});

describe("an order that fails for a reason that nothing in the form can mend", () => {
  const order = "5f3a0c7e-0000-4000-8000-000000000001";
  const outcomes = [
    ["UNAVAILABLE", `order ${order} could not be shipped; the charge was given back`, "given back to your card"],
    [
      "NOT_FOUND",
      `order ${order} could not be shipped; the charge could not be given back yet`,
      "could not give the money back yet",
    ],
    [
      "DEADLINE_EXCEEDED",
      `order ${order} was perhaps not shipped; the charge was given back`,
      "We do not know whether it was shipped. What was charged was given back",
    ],
    ["DEADLINE_EXCEEDED", `order ${order} may have been charged`, "may have been charged"],
  ] as const;

  it.each(outcomes)(
    "with %s and %j tells the shopper where the money is (original: 500)",
    async (code, words, told) => {
      const shop = await openShop({ checkout: { placeOrder: fail(code, words) } });
      await shop.post("/cart", { product_id: mug.id, quantity: "1" });

      const { status, headers, text } = await shop.post("/cart/checkout", orderForm);

      expect(status).toBe(503);
      expect(headers.get("retry-after")).toBeNull();
      expect(text).toContain(told);
      expect(text).toContain(order);
      expect(text).not.toContain("Nothing was charged");
    },
  );

  it("says that nothing was charged when nothing was", async () => {
    const words = "nothing was charged: secret 10.0.0.1";
    const shop = await openShop({ checkout: { placeOrder: fail("UNAVAILABLE", words) } });

    const { status, text } = await shop.post("/cart/checkout", orderForm);

    expect(status).toBe(503);
    expect(text).toContain("Nothing was charged, and your cart is as it was");
    expect(text).not.toContain("secret");
  });

  it.each(["DEADLINE_EXCEEDED", "INTERNAL", "UNAVAILABLE"] as const)(
    "does not say so when nobody knows: %s",
    async (code) => {
      const shop = await openShop({ checkout: { placeOrder: fail(code) } });

      const { text } = await shop.post("/cart/checkout", orderForm);

      expect(text).toContain("We do not know yet whether your order was placed");
      expect(text).not.toContain("Nothing was charged");
    },
  );
});

describe("when a needed part is away", () => {
  it.each([
    ["/", "catalog", "listProducts"],
    ["/cart", "cart", "getCart"],
  ])(
    "%s without %s answers 503 and when to come back, without its words (original: 500 and a stack)",
    async (path, name, method) => {
      const shop = await openShop({ [name]: { [method]: fail("UNAVAILABLE") } });

      const { status, headers, text } = await shop.get(path);

      expect(status).toBe(503);
      expect(headers.get("retry-after")).toBe("2");
      expect(text).not.toContain("secret");
      expect(text).toContain(headers.get("x-request-id"));
    },
  );

  it("a cart of another make, whose store is away, is not the shopper's fault", async () => {
    const shop = await openShop({ cart: { getCart: fail("FAILED_PRECONDITION", "redis-cart password=hunter2") } });

    const { status, text } = await shop.get("/cart");

    expect(status).toBe(503);
    expect(text).not.toContain("hunter2");
  });

  it.each(["INVALID_ARGUMENT", "NOT_FOUND"] as const)(
    "a peer that answers %s to what the shop asks is our fault",
    async (code) => {
      const shop = await openShop({ shipping: { getQuote: fail(code) } });
      await shop.post("/cart", { product_id: mug.id, quantity: "1" });

      const { status, text } = await shop.get("/cart");

      expect(status).toBe(500);
      expect(text).not.toContain("secret");
    },
  );

  it("a page is bounded by its budget", async () => {
    const shop = await openShop({ cart: { getCart: () => new Promise(() => {}) } }, { PAGE_TIMEOUT_MS: "200" });

    expect((await shop.get("/cart")).status).toBe(503);
  });

  it("dollars are shown without the currency service", async () => {
    const shop = await openShop({
      currency: { getSupportedCurrencies: fail("UNAVAILABLE"), convertMany: fail("UNAVAILABLE") },
    });

    expect((await shop.get("/")).text).toContain("$8.99");
  });
});
