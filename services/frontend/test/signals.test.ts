import { randomUUID } from "node:crypto";
import { RpcError } from "@boutique/rpc/error";
import { describe, expect, it, vi } from "vitest";
import { linksIn, mug, openShop, orderForm } from "./shop.ts";

const MINUTES = 60_000;
const jar = "9SIQT8TOJO";
const missing = () => new RpcError("NOT_FOUND", "no such product");
const synthetic = { baggage: "session=1,synthetic_request=true" };

type Shop = Awaited<ReturnType<typeof openShop>>;

const order = async (shop: Shop) => {
  await shop.post("/cart", { product_id: mug.id, quantity: "3" });
  return shop.post("/cart/checkout", orderForm);
};
const choose = (shop: Shop, currency_code: string, return_to = "/") =>
  shop.post("/setCurrency", { currency_code, return_to });

/** The report of the window that ends now. */
const reportOf = ({ pass, lines }: Shop) => {
  pass(5 * MINUTES);
  return lines("business_metrics_report").at(-1);
};

/** Orders whose lines cost 0.1 each, and whose shipping is 9.005: what floats cannot add up. */
const dear = {
  checkout: {
    placeOrder: ({ userCurrency: currencyCode = "" }) => ({
      order: {
        orderId: randomUUID(),
        shippingTrackingId: "AB-12345-123456789",
        shippingCost: { currencyCode, units: "9", nanos: 5_000_000 },
        items: [
          { item: { productId: mug.id, quantity: 3 }, cost: { currencyCode, units: "0", nanos: 100_000_000 } },
          { item: { productId: jar, quantity: 1 }, cost: { currencyCode, units: "0", nanos: 1 } },
        ],
      },
    }),
  },
};

describe("every five minutes a report", () => {
  it("says what came of the visits, product views as well, and amounts exactly (original: no product views, floats)", async () => {
    const shop = await openShop(dear);
    await shop.get("/");
    await shop.get(`/product/${mug.id}`);
    await shop.get(`/product/${mug.id}`);
    await shop.get(`/product/${jar}`);
    for (let view = 0; view < 3; view++) await shop.get("/cart");
    await choose(shop, "EUR");
    await order(shop);
    await order(shop);
    await choose(shop, "JPY");
    await choose(shop, "EUR");
    await choose(shop, "USD");
    await order(shop);
    await shop.get("/cart");
    expect(shop.lines("business_metrics_report")).toEqual([]);

    shop.pass(5 * MINUTES);

    expect(shop.lines("business_metrics_report")).toEqual([
      {
        event: "business_metrics_report",
        schema: 1,
        synthetic: false,
        window_s: 300,
        ended_by: "time",
        checkout_conversion: 75,
        total_checkouts: 3,
        total_cart_views: 4,
        product_views: { [mug.id]: 2, [jar]: 1 },
        order_value_by_currency: { EUR: "18.610000002", USD: "9.305000001" },
        currency_preferences: { EUR: 2, JPY: 1, USD: 1 },
        message: "What came of the visits to the shop.",
      },
    ]);
  });

  it.each([
    ["null where no checkout was started (original: NaN)", 0, 0, null],
    ["null for an order whose cart was seen in the window before (original: Infinity)", 0, 1, null],
    ["0 where none of the carts was ordered", 2, 0, 0],
    ["rounded to a hundredth", 3, 1, 33.33],
  ])("has a conversion of %s", async (_, carts, orders, conversion) => {
    const shop = await openShop();
    await shop.get("/");
    for (let cart = 0; cart < carts; cart++) await shop.get("/cart");
    for (let placed = 0; placed < orders; placed++) await order(shop);

    const report = reportOf(shop);

    expect(report).toMatchObject({ checkout_conversion: conversion, total_cart_views: carts, total_checkouts: orders });
  });

  it("begins at nothing again, and is not written when nobody came", async () => {
    const shop = await openShop();
    await shop.get(`/product/${mug.id}`);
    await order(shop);
    shop.pass(15 * MINUTES);
    expect(shop.lines("business_metrics_report")).toHaveLength(1);

    await shop.get("/");

    expect(reportOf(shop)).toMatchObject({
      checkout_conversion: null,
      total_checkouts: 0,
      total_cart_views: 0,
      product_views: {},
      order_value_by_currency: {},
      currency_preferences: {},
    });
  });

  it("leaves out what a load generator did, which has one of its own", async () => {
    const shop = await openShop();
    await shop.get(`/product/${mug.id}`);
    await shop.get(`/product/${jar}`, synthetic);
    await shop.get("/cart", synthetic);
    await shop.post("/cart", { product_id: jar, quantity: "1" }, synthetic);
    await shop.post("/cart/checkout", orderForm, synthetic);

    shop.pass(5 * MINUTES);

    expect(shop.lines("business_metrics_report")).toMatchObject([
      { synthetic: false, product_views: { [mug.id]: 1 }, total_cart_views: 0, order_value_by_currency: {} },
      { synthetic: true, product_views: { [jar]: 1 }, total_cart_views: 1, order_value_by_currency: { USD: "20.00" } },
    ]);
    expect(await shop.metrics()).toContain('storefront_orders_value_total{currency="USD",synthetic="true"} 20');
  });
});

it("the metrics say the same as the report", async () => {
  const shop = await openShop(dear);
  await shop.get("/");
  await shop.get(`/product/${mug.id}`);
  await shop.get(`/product/${jar}`);
  await shop.get("/cart");
  await choose(shop, "EUR");
  await order(shop);
  await shop.post("/cart/checkout", { ...orderForm, email: "ada" });

  const text = await shop.metrics();
  const figure = (series: string) =>
    Number(
      text
        .split("\n")
        .find((line) => line.startsWith(`${series} `))
        ?.split(" ")[1],
    );
  const step = (name: string) => figure(`storefront_funnel_total{step="${name}",synthetic="false"}`);

  expect(["home", "product", "cart", "checkout", "order"].map(step)).toEqual([1, 2, 1, 2, 1]);
  expect(reportOf(shop)).toMatchObject({
    checkout_conversion: (100 * step("order")) / step("cart"),
    total_checkouts: step("order"),
    total_cart_views: step("cart"),
    product_views: {
      [mug.id]: figure(`product_views_total{product_id="${mug.id}",synthetic="false"}`),
      [jar]: figure(`product_views_total{product_id="${jar}",synthetic="false"}`),
    },
    order_value_by_currency: { EUR: "9.305000001" },
    currency_preferences: { EUR: figure('currency_choices_total{currency="EUR",synthetic="false"}') },
  });
  expect(figure('storefront_orders_value_total{currency="EUR",synthetic="false"}')).toBe(9.305000001);
});

describe("a page counts as seen", () => {
  it("when it is shown to somebody, not when it is away, missing, asked for its headers or shown again for a mistake", async () => {
    const shop = await openShop();
    for (const path of ["/", `/product/${mug.id}`, "/cart", "/search?q=Mug"]) {
      await fetch(shop.url + path, { method: "HEAD" });
    }
    await shop.get("/product/NOPE");
    await shop.get(`/product-meta/${mug.id}`);
    await shop.get("/nowhere");
    await shop.post("/cart", { product_id: mug.id, quantity: "11" });
    expect(await shop.metrics()).not.toMatch(/^(storefront|product_views|searches)_\w+\{/m);

    await shop.post("/cart/checkout", { ...orderForm, email: "ada" });

    expect(reportOf(shop)).toMatchObject({ product_views: {}, total_cart_views: 0, total_checkouts: 0 });
  });

  it("not when its peers are away, nor an order that is not placed", async () => {
    const away = () => Promise.reject(new Error("away"));
    const catalog = { listProducts: away, getProduct: away, searchProducts: away };
    const shop = await openShop({ catalog, cart: { getCart: away }, checkout: { placeOrder: away } });
    for (const path of ["/", `/product/${mug.id}`, "/cart", "/search?q=Mug"]) await shop.get(path);

    await shop.post("/cart/checkout", orderForm);

    const steps = (await shop.metrics()).match(/^(storefront|product_views|searches)_\w+\{.*/gm);
    expect(steps).toEqual(['storefront_funnel_total{step="checkout",synthetic="false"} 1']);
  });

  it("for at most 200 products, whatever a catalogue has and strangers ask for", async () => {
    const known = (id: string) => /^[A-Z]\d{1,3}$/.test(id);
    const shop = await openShop({
      catalog: {
        listProducts: () => ({ products: [] }),
        getProduct: ({ id = "" }) => (known(id) ? { ...mug, id } : Promise.reject(missing())),
      },
      recommendation: { listRecommendations: () => ({ productIds: [] }) },
    });
    for (let id = 0; id < 250; id++) await shop.get(`/product/P${id}`);
    for (let id = 0; id < 250; id++) await shop.get(`/product/stranger-${id}`);

    const series = (await shop.metrics()).match(/^product_views_total\{.*/gm) ?? [];
    expect(series).toHaveLength(201);
    expect(series.at(-1)).toBe('product_views_total{product_id="other",synthetic="false"} 50');
    expect(series.join()).not.toContain("stranger");
  });
});

describe("a recommendation", () => {
  const pages: [string, (shop: Shop) => Promise<{ text: string }>][] = [
    ["a product", (shop) => shop.get(`/product/${mug.id}`)],
    ["the cart", (shop) => shop.get("/cart")],
    ["an order", order],
  ];

  it.each(pages)("of the page of %s counts as followed once its link is", async (_, open) => {
    const shop = await openShop();
    const link = linksIn((await open(shop)).text).find((href) => href.includes("from=recommendation")) ?? "";
    expect(await shop.metrics()).not.toContain("recommendations_followed_total{");

    expect((await shop.get(link)).status).toBe(200);

    expect(await shop.metrics()).toContain('recommendations_followed_total{synthetic="false"} 1');
  });

  it.each(["/", "/search?q=Jar"])("is none of the products that %s shows", async (path) => {
    const shop = await openShop();

    const links = linksIn((await shop.get(path)).text);

    expect(links).toContain(`/product/${jar}`);
    expect(links.join()).not.toContain("from=");
  });

  it.each(["?from=", "?from=friends", "?from=AD", "?from=constructor", "?q=from=ad"])(
    "is not followed by whoever comes with %s",
    async (query) => {
      const shop = await openShop();

      expect((await shop.get(`/product/${jar}${query}`)).status).toBe(200);

      expect(await shop.metrics()).not.toMatch(/^(recommendations_followed|ads_clicked)_total\{/m);
    },
  );

  it("below a prefix leads there too", async () => {
    const shop = await openShop({}, { BASE_URL: "/shop" });
    const links = linksIn((await shop.get(`/shop/product/${mug.id}`)).text);

    await shop.get(links.find((link) => link.includes("from=recommendation")) ?? "");

    expect(await shop.metrics()).toContain('recommendations_followed_total{synthetic="false"} 1');
  });
});

describe("an ad", () => {
  const withAd = (redirectUrl: string, categories = ["kitchen", "glass"]) =>
    openShop({
      ad: { getAds: () => ({ ads: [{ redirectUrl, text: "An ad" }] }) },
      catalog: { getProduct: ({ id = "" }) => ({ ...mug, id, categories }) },
      recommendation: { listRecommendations: () => ({ productIds: [] }) },
    });
  const adOn = async (shop: Shop) =>
    linksIn((await shop.get(`/product/${mug.id}`)).text).find((link) => /jar|from/.test(link)) ?? "";

  it.each([
    ["/product/jar", "/product/jar?from=ad"],
    ["/product/jar?", "/product/jar?from=ad&"],
    ["/product/jar?size=2", "/product/jar?from=ad&size=2"],
    ["/product/jar?from=spring", "/product/jar?from=ad&from=spring"],
    ["/product/jar#top", "/product/jar?from=ad#top"],
  ])(
    "that leads to %s counts as clicked, by the category it leads to, once its link is followed",
    async (path, marked) => {
      const shop = await withAd(path);
      const link = await adOn(shop);
      expect(link).toBe(marked);

      expect((await shop.get(link)).status).toBe(200);

      expect((await shop.metrics()).match(/^ads_clicked_total\{.*/gm)).toEqual([
        'ads_clicked_total{category="kitchen",synthetic="false"} 1',
      ]);
    },
  );

  it("that leads to a product of no category has none", async () => {
    const shop = await withAd("/product/jar", []);
    await shop.get(await adOn(shop));

    expect(await shop.metrics()).toContain('ads_clicked_total{category="none",synthetic="false"} 1');
  });

  it.each(["/search?q=jar", "/jar", "/product/?q=jar"])("that leads elsewhere is left as it is: %s", async (path) => {
    const shop = await withAd(path);

    expect(await adOn(shop)).toBe(path);
    await shop.get(path);

    expect(await shop.metrics()).not.toContain("ads_clicked_total{");
  });
});

describe("a change of currency on a page that a link led to", () => {
  const choosers: [string, (shop: Shop, page: string) => Promise<{ headers: Headers }>][] = [
    [
      "by the form of the page",
      async (shop, page) => {
        const [, returnTo = ""] = /name="return_to" value="([^"]*)"/.exec((await shop.get(page)).text) ?? [];
        return choose(shop, "EUR", returnTo.replaceAll("&#x3D;", "=").replaceAll("&amp;", "&"));
      },
    ],
    [
      "by a form that does not say from where",
      async (shop, page) => {
        await shop.get(page);
        return shop.post("/setCurrency", { currency_code: "EUR" }, { referer: shop.url + page });
      },
    ],
    [
      "after a quantity that would not do",
      async (shop, page) => {
        await shop.get(page);
        const form = { product_id: jar, quantity: "11" };
        const { text } = await shop.post("/cart", form, { referer: shop.url + page });
        const [, returnTo = ""] = /name="return_to" value="([^"]*)"/.exec(text) ?? [];
        return choose(shop, "EUR", returnTo.replaceAll("&#x3D;", "="));
      },
    ],
  ];

  it.each(choosers)("%s comes back without following it again", async (_, chooseOn) => {
    const shop = await openShop();

    const { headers } = await chooseOn(shop, `/product/${jar}?from=ad`);
    const back = headers.get("location") ?? "";
    await shop.get(back);

    expect(back).toBe(`/product/${jar}`);
    expect(await shop.metrics()).toContain('ads_clicked_total{category="kitchen",synthetic="false"} 1');
  });

  it.each([
    ["/product/JAR?from=ad&size=2", "/product/JAR?size=2"],
    ["/product/JAR?size=2&from=recommendation", "/product/JAR?size=2"],
    ["/product/JAR?size=2&from=ad&x=1", "/product/JAR?size=2&x=1"],
    ["/product/JAR?from=spring", "/product/JAR?from=spring"],
    ["/search?q=from=ad", "/search?q=from=ad"],
    ["/cart?x=1&", "/cart?x=1&"],
  ])("keeps all else of its address: %s", async (given, back) => {
    const shop = await openShop();

    expect((await choose(shop, "EUR", given)).headers.get("location")).toBe(back);
  });
});

it("searches count by whether anything was found, and a search for nothing is none", async () => {
  const shop = await openShop();
  for (const path of ["/search?q=Mug", "/search?q=Jar", "/search?q=zzz", "/search", "/search?q=%20"]) {
    await shop.get(path);
  }

  expect((await shop.metrics()).match(/^searches_total\{.*/gm)).toEqual([
    'searches_total{outcome="results",synthetic="false"} 2',
    'searches_total{outcome="none",synthetic="false"} 1',
  ]);
});

it("only currencies that are offered count as chosen", async () => {
  const shop = await openShop();
  await choose(shop, "EUR");
  for (const code of ["XXX", "AED", "HRK", "", "eur", 'EUR"}']) await choose(shop, code);

  expect((await shop.metrics()).match(/^currency_choices_total\{.*/gm)).toEqual([
    'currency_choices_total{currency="EUR",synthetic="false"} 1',
  ]);
  expect(reportOf(shop)).toMatchObject({ currency_preferences: { EUR: 1 } });
});

it("the span of a request says of which product, order and currency it was", async () => {
  const shop = await openShop();
  await choose(shop, "EUR");
  await shop.get(`/product/${mug.id}`);
  await order(shop);

  // A request ends, and its route is known, a moment after its answer was received.
  await vi.waitFor(
    () =>
      expect(shop.notes).toMatchObject([
        { "http.route": "/setCurrency", "app.currency": "EUR" },
        { "http.route": "/product/:id", "app.currency": "EUR", "app.product.id": mug.id },
        { "http.route": "/cart", "app.currency": "EUR" },
        {
          "http.route": "/cart/checkout",
          "app.currency": "EUR",
          "app.order.id": "5f3a0c7e-0000-4000-8000-000000000001",
          "app.order.items": 3,
        },
      ]),
    10_000,
  );
});

it("nothing personal is in any line, metric or span (original: e-mail addresses and users' ids)", async () => {
  const shop = await openShop();
  const { headers } = await shop.get(`/product/${mug.id}?email=${orderForm.email}`);
  const [, userId = ""] = /shop_session-id=([^;]*)/.exec(headers.get("set-cookie") ?? "") ?? [];
  await shop.get(`/search?q=${orderForm.email}`);
  await shop.post("/cart/checkout", { ...orderForm, zip_code: "x" });
  await order(shop);

  const written = [JSON.stringify([reportOf(shop), shop.notes]), await shop.metrics()].join("\n");

  expect(written).toContain(mug.id);
  const secrets = [orderForm.email, orderForm.street_address, orderForm.city, "0454", "4432", userId];
  for (const secret of secrets) expect(written).not.toContain(secret);
});
