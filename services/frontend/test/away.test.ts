import type { Message } from "@boutique/contract/proto";
import { RpcError } from "@boutique/rpc/error";
import { overTheWire } from "@boutique/testkit/wire";
import { describe, expect, it, vi } from "vitest";
import { createParts } from "../src/parts.ts";
import { createShelves } from "../src/shelves.ts";
import type { Signals } from "../src/signals.ts";
import { type Fakes, hiddenIn, linksIn, mug, openShop, orderForm } from "./shop.ts";

/** The ways in which a part of the shop can be of no use. */
const ways = {
  dead: () => {
    throw new RpcError("UNAVAILABLE", "secret 10.0.0.1");
  },
  hung: () => new Promise<never>(() => {}),
  garbage: () => {
    throw new RpcError("INTERNAL", "secret");
  },
};
type Way = keyof typeof ways;
const all: readonly Way[] = ["dead", "hung", "garbage"];

/** All that a part can be asked by the storefront. */
const methods = {
  ad: ["getAds"],
  cart: ["getCart", "addItem", "emptyCart"],
  catalog: ["listProducts", "getProduct", "searchProducts"],
  checkout: ["placeOrder", "listOrders", "getOrder"],
  currency: ["getSupportedCurrencies", "convertMany"],
  recommendation: ["listRecommendations"],
  shipping: ["getQuote"],
} as const;

// In milliseconds: who hangs is given up before the page's time is over, as it is by default.
const PATIENCE = 300;
const PAGE = { PAGE_TIMEOUT_MS: "2000", ORDER_TIMEOUT_MS: "2000" };

/** A shop that goes well, with a mug in the cart, until `break`; then one part of it is of no use. */
async function shopWithout(name: keyof typeof methods, way: Way, chosen = "USD", different: Partial<Fakes> = {}) {
  let broken = false;
  const carts: Message<"CartItem">[] = [];
  const wellDoing = {
    ad: { getAds: () => ({ ads: [] }) },
    cart: {
      getCart: ({ userId }: Message<"GetCartRequest">) => ({ userId, items: carts }),
      addItem: ({ item }: Message<"AddItemRequest">) => {
        if (item) carts.push(item);
        return {};
      },
    },
    catalog: {
      listProducts: () => ({ products: [mug] }),
      getProduct: () => mug,
      searchProducts: () => ({ results: [mug] }),
    },
    currency: {
      getSupportedCurrencies: () => ({ currencyCodes: ["EUR", "USD"] }),
      convertMany: ({ from, toCode }: Message<"ConvertManyRequest">) => ({
        amounts: from.map((money) => ({ ...money, currencyCode: toCode })),
      }),
    },
    shipping: { getQuote: () => ({ costUsd: { currencyCode: "USD", units: "4", nanos: 990_000_000 } }) },
    ...different,
  };
  const well = (wellDoing as unknown as Record<string, Record<string, (asked: never) => unknown>>)[name] ?? {};
  const brittle = methods[name].map((method) => [
    method,
    (asked: never) => {
      if (broken) return ways[way]();
      return well[method]?.(asked) ?? {};
    },
  ]);
  const shop = await openShop({ ...wellDoing, [name]: Object.fromEntries(brittle) } as Fakes, PAGE, {
    [name]: PATIENCE,
  });
  if (chosen !== "USD") await shop.post("/setCurrency", { currency_code: chosen });
  await shop.post("/cart", { product_id: mug.id, quantity: "2" });
  return {
    ...shop,
    break: () => {
      broken = true;
    },
  };
}

const pages = ["/", "/search?q=mug", `/product/${mug.id}`, "/cart"];

describe.each(all)("%s", (way) => {
  it.each(["ad", "recommendation"] as const)("%s: every page works", async (name) => {
    const shop = await shopWithout(name, way);
    shop.break();

    for (const path of pages) expect([path, (await shop.get(path)).status]).toEqual([path, 200]);
  });

  it("cart: all but the cart works, without its count; the cart says when to come back and offers to", async () => {
    const shop = await shopWithout("cart", way);
    expect((await shop.get("/")).text).toContain("cart-size-circle");
    shop.break();

    for (const path of pages.slice(0, 3)) {
      const { status, text } = await shop.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).not.toContain("cart-size-circle");
    }
    const referer = `${shop.url}/product/${mug.id}`;
    for (const { status, headers, text, back } of [
      { ...(await shop.get("/cart")), back: "/cart" },
      { ...(await shop.post("/cart", { product_id: mug.id, quantity: "1" }, { referer })), back: `/product/${mug.id}` },
    ]) {
      expect([status, headers.get("retry-after")]).toEqual([503, "2"]);
      expect(linksIn(text)).toContain(back);
      expect(text).toContain("Try again");
      expect(text).not.toContain("secret");
    }
    expect(await shop.metrics()).toContain('pages_without_total{part="cart",synthetic="false"} 3');
  });

  it("catalog: products as they were a moment ago, searched by their words", async () => {
    const shop = await shopWithout("catalog", way);
    await shop.get("/");
    shop.break();

    for (const path of pages) {
      const { status, text } = await shop.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).toContain("Mug");
      expect(text).toContain(path === "/cart" ? "$22.97" : "$8.99");
    }
    expect((await shop.get("/search?q=kitchen%20OWN")).text).toContain("1 product for");
    expect((await shop.get("/search?q=kitchen%20submarine")).text).toContain("0 products for");
    expect(await shop.metrics()).toMatch(/pages_without_total\{part="catalog",synthetic="false"\} [1-9]/);
  });

  it("currency: prices in dollars, and a word about it; an order is in what was shown", async () => {
    let asked: Message<"PlaceOrderRequest"> | undefined;
    const placeOrder = (request: Message<"PlaceOrderRequest">) => {
      asked = request;
      throw new RpcError("UNAVAILABLE", "nothing was charged: a part of the shop does not answer");
    };
    const shop = await shopWithout("currency", way, "EUR", { checkout: { placeOrder } });
    shop.break();

    for (const path of pages) {
      const { status, text } = await shop.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).toContain("Prices are shown in US dollars for now");
      expect(text).toContain(path === "/cart" ? "$22.97" : "$8.99");
      expect(text).toContain('value="EUR" selected');
    }
    const hidden = hiddenIn((await shop.get("/cart")).text);
    expect(hidden.expected_total).toBe("22.97 USD");
    expect((await shop.post("/cart/checkout", { ...orderForm, ...hidden })).text).toContain("Nothing was charged");
    expect(asked?.userCurrency).toBe("USD");
  });

  it("currency: rates of a moment ago are as good", async () => {
    const shop = await shopWithout("currency", way, "EUR");
    await shop.get("/");
    shop.break();

    const { text } = await shop.get("/");

    expect(text).toContain("€8.99");
    expect(text).not.toContain("US dollars for now");
  });

  it("shipping: the cart without a quote, whose form waits rather than take a card in vain", async () => {
    const shop = await shopWithout("shipping", way);
    shop.break();

    for (const path of pages) expect([path, (await shop.get(path)).status]).toEqual([path, 200]);
    const { text } = await shop.get("/cart");

    expect(text).toContain("$17.98 plus shipping");
    expect(text).toContain("orders have to wait a moment");
    expect(text).not.toContain(">Place order<");
    expect(hiddenIn(text)).toEqual({});
  });

  it("checkout: pages work, an order does not, its cart and its key are kept", async () => {
    const shop = await shopWithout("checkout", way);
    const hidden = hiddenIn((await shop.get("/cart")).text);
    shop.break();

    const { status, headers, text } = await shop.post("/cart/checkout", { ...orderForm, ...hidden });

    expect([status, headers.get("retry-after")]).toEqual([503, way === "hung" ? "2" : null]);
    expect(text).not.toContain("secret");
    for (const path of pages) expect([path, (await shop.get(path)).status]).toEqual([path, 200]);
    expect(hiddenIn((await shop.get("/cart")).text)).toEqual(hidden);
    expect((await shop.get("/orders")).status).toBe(503);
  });
});

it("a cart whose wait is over leaves time for the rest of the page, since all are waited for at once", async () => {
  const both = { ...ways, getCart: ways.hung, convertMany: ways.hung };
  const shop = await openShop(
    { cart: { getCart: both.getCart }, currency: { convertMany: both.convertMany } },
    { PAGE_TIMEOUT_MS: "1000" },
  );

  for (const path of pages.slice(0, 3)) {
    expect([path, (await shop.get(path, { cookie: "shop_currency=EUR" })).status]).toEqual([path, 200]);
  }
});

it("a checkout service that is not there is known to have charged nothing", async () => {
  const shop = await openShop({
    checkout: {
      placeOrder: () => {
        throw new RpcError("UNAVAILABLE", "No connection established. Last error: connect ECONNREFUSED 10.0.0.1");
      },
    },
  });

  const { text } = await shop.post("/cart/checkout", orderForm);

  expect(text).toContain("Nothing was charged just now. If you had sent this order before, it stands");
  expect(text).not.toContain("10.0.0.1");
});

describe("the last list of products", () => {
  async function shelvesWith() {
    const state = { time: 1_000_000, away: false };
    const lines: unknown[] = [];
    const unlessAway = <T>(answer: T): T => (state.away ? ways.dead() : answer);
    const catalog = await overTheWire("catalog", {
      listProducts: () => unlessAway({ products: [mug] }),
      getProduct: ({ id }) => unlessAway({ ...mug, id }),
      searchProducts: () => unlessAway({ results: [mug] }),
    });
    const madeDoWithout = vi.fn();
    const log = {
      warn: (fields: object, words: string) => void lines.push([words, fields]),
      info: (fields: object, words: string) => void lines.push([words, fields]),
    };
    const clock = () => state.time;
    const parts = createParts(log as never, { madeDoWithout } as unknown as Signals, clock);
    return { state, lines, madeDoWithout, shelves: createShelves(catalog, parts, clock) };
  }

  it("serves for 60 s after it was fetched, and no longer", async () => {
    const { state, shelves } = await shelvesWith();
    await shelves.all();
    state.away = true;

    state.time += 59_999;
    expect(await shelves.all()).toEqual([mug]);
    expect(await shelves.now(mug.id)).toEqual(mug);
    expect(await shelves.search("mug")).toEqual([mug]);
    await expect(shelves.now("NEVER SEEN")).rejects.toThrow("UNAVAILABLE");
    state.time += 1;
    await expect(shelves.all()).rejects.toThrow("UNAVAILABLE");
    await expect(shelves.now(mug.id)).rejects.toThrow("UNAVAILABLE");
    await expect(shelves.search("mug")).rejects.toThrow("UNAVAILABLE");
  });

  it("is told of once when it begins to serve and once when it ends, and counted each time", async () => {
    const { state, shelves, lines, madeDoWithout } = await shelvesWith();
    await shelves.all();
    state.time += 5_000;
    state.away = true;
    for (let page = 0; page < 5; page += 1) await shelves.all();
    state.time += 5_000;
    await shelves.now(mug.id);
    expect(lines).toEqual([
      ["pages make do without a part of the shop", { part: "catalog", reason: expect.stringContaining("UNAVAILABLE") }],
    ]);
    expect(madeDoWithout.mock.calls).toEqual(Array(6).fill(["catalog"]));

    state.away = false;
    for (let page = 0; page < 5; page += 1) await shelves.all();

    expect(lines.slice(1)).toEqual([["a part of the shop is back", { part: "catalog" }]]);
  });

  it("does not take another product for the one that was asked for", async () => {
    const { shelves } = await shelvesWith();
    const catalog = await overTheWire("catalog", { listProducts: () => ({ products: [mug] }), getProduct: () => ({}) });
    const parts = createParts({ warn() {}, info() {} } as never, { madeDoWithout() {} } as unknown as Signals);
    const others = createShelves(catalog, parts);
    await others.all();

    expect(await others.now(mug.id)).toEqual(mug);
    expect((await shelves.now(mug.id))?.id).toBe(mug.id);
  });
});

describe("a packaging service that fails", () => {
  const title = "and %s is asked by no page any more, but in the background, until it answers";
  it.each(["says nothing", "answers 500", "answers no JSON"])(title, { timeout: 30_000 }, async (how) => {
    const { createServer } = await import("node:http");
    const asked: (string | undefined)[] = [];
    let fails = true;
    const packaging = createServer(({ url }, response) => {
      asked.push(url);
      if (!fails) response.end('{"weight": 0.5}');
      else if (how === "answers 500") response.writeHead(500).end();
      else if (how === "answers no JSON") response.end("<html>");
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => packaging.once("listening", resolve));
    const { port } = packaging.address() as { port: number };
    const shop = await openShop({}, { PACKAGING_SERVICE_URL: `http://127.0.0.1:${port}` });
    const another = () => shop.get("/product/9SIQT8TOJO");

    for (let page = 0; page < 3; page += 1) expect((await shop.get(`/product/${mug.id}`)).status).toBe(200);
    expect(asked).toHaveLength(3);
    while (asked.length < 5) expect((await another()).status).toBe(200);
    expect(new Set(asked)).toEqual(new Set([`/${mug.id}`]));

    fails = false;
    await vi.waitFor(async () => expect((await another()).text).toContain("0.5 lb"), { timeout: 10_000, interval: 50 });
    packaging.close().closeAllConnections();
  });
});
