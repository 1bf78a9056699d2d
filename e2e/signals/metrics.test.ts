import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import { type Name, names } from "@boutique/contract/topology";
import { type RedisServer, redisMissing, startRedis } from "@boutique/testkit/redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { declaredSignals } from "../../scripts/docs/signals.ts";
import { type RunningShop, startShopWith } from "../running-shop.ts";
import { createShopper } from "../shopper.ts";
import { calling, misbehave, refused, visitAll } from "./deeds.ts";
import { complaintsOfPromtool, promtoolMissing, type Sample, samplesIn, scrape } from "./prometheus.ts";

const ci = process.env.CI === "true";
const declared = declaredSignals();
const MOST_SERIES = 1_500;

/** What moved so far, of all that any service of any shop showed. */
const moved = new Set<string>();

async function look(shop: RunningShop, ...wanted: Name[]): Promise<void> {
  for (const name of wanted) {
    for (const { name: sample, value } of await samplesOf(shop, name)) if (value !== 0) moved.add(sample);
  }
}

const samplesOf = async (shop: RunningShop, name: Name): Promise<Sample[]> =>
  samplesIn(await scrape(shop.metrics(name)));

/** Somebody who accepts a connection and never says a word. */
async function openSilence(): Promise<Server> {
  const server = createServer(() => {}).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return server;
}
/** Writes an order into checkout's journal that somebody was about to charge who is no more. */
async function leaveHalfDone(port: number, orderId: string): Promise<void> {
  const usd = { currencyCode: "USD", units: "10", nanos: 0 };
  const placed = { orderId, shippingCost: usd, shippingAddress: {}, items: [] };
  const bill = { order: placed, total: usd, totalUsd: usd, userId: "ada", email: "" };
  const order = {
    bill,
    placedAt: Date.now(),
    step: "charging",
    chargeKey: randomUUID(),
    parcels: 0,
    mail: "due",
    tries: 0,
  };
  const redis = connect(port, "127.0.0.1");
  const commands = [
    ["HSET", `checkout:order:${orderId}`, "holder", "nobody", "order", JSON.stringify(order)],
    ["ZADD", "checkout:unsettled", "0", orderId],
  ];
  for (const words of commands) {
    redis.write(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`);
  }
  redis.end();
  await once(redis.resume(), "close");
}
const portOf = (server: Server) => (server.address() as { port: number }).port;

describe("a shop in which all is well, whoever comes", () => {
  let shop: RunningShop;
  beforeAll(async () => {
    shop = await startShopWith({});
    await visitAll(shop);
    await visitAll(shop, { baggage: "synthetic_request=true" });
    await misbehave(shop);
  });
  afterAll(() => shop?.stop());

  it.skipIf(promtoolMissing && !ci).each(names)("%s: promtool has nothing against its metrics", async (name) => {
    expect(complaintsOfPromtool(await scrape(shop.metrics(name)))).toBe("");
  });

  it.each(names)("%s: its metrics are as docs/metrics.md has them, and no others", async (name) => {
    const shown = [...(await scrape(shop.metrics(name))).matchAll(/^# TYPE (\w+) (\w+)$/gm)];
    const known = new Map(declared.get(name)?.metrics.map((metric) => [metric.name, metric.type]));

    expect(shown.length).toBeGreaterThan(25);
    expect(shown.filter(([, metric = "", type]) => known.get(metric) !== type)).toEqual([]);
  });

  it("a load generator that says so is told apart", async () => {
    const placed = (await samplesOf(shop, "checkout")).filter(({ name }) => name === "orders_placed_total");

    expect(placed.map(({ labels, value }) => [labels, value])).toEqual([
      [{ currency: "EUR", synthetic: "false" }, 1],
      [{ currency: "EUR", synthetic: "true" }, 1],
    ]);
  });

  it("checkout and storefront agree on what was sold", async () => {
    const figuresOf = async (name: Name, metric: string) =>
      (await samplesOf(shop, name)).filter((sample) => sample.name === metric).map(({ value }) => value);

    const sold = await figuresOf("checkout", "order_value_total");
    expect(sold).toHaveLength(2);
    expect(await figuresOf("frontend", "storefront_orders_value_total")).toEqual(sold);
  });

  it("shows what moved", () => look(shop, ...names));
});

describe("a shop in trouble", () => {
  let shop: RunningShop;
  let redis: RedisServer | undefined;
  let silence: Server;
  beforeAll(async () => {
    silence = await openSilence();
    redis = redisMissing && !ci ? undefined : await startRedis();
    shop = await startShopWith(
      { AD_SERVICE_ADDR: `127.0.0.1:${portOf(silence)}`, EXTRA_LATENCY: "400ms", CALLS_AT_ONCE: "20" },
      "--without",
      "ad",
      ...(redis ? ["--redis", redis.address] : []),
    );
  });
  afterAll(async () => {
    await shop?.stop();
    await redis?.dispose();
    silence?.close();
  });

  it("shows requests and calls under way, and calls whose time was over", async () => {
    const page = createShopper(shop.url).get("/product/OLJCESPC7Z");
    await expect
      .poll(async () => {
        await look(shop, "frontend", "catalog");
        return ["http_requests_in_flight", "grpc_client_in_flight", "grpc_server_in_flight"].every((name) =>
          moved.has(name),
        );
      })
      .toBe(true);

    expect((await page).status).toBe(200);
    await look(shop, "frontend");
    expect(moved).toContain("grpc_client_deadline_misses_total");
    expect((await samplesOf(shop, "frontend")).find(({ name }) => name === "http_requests_in_flight")?.value).toBe(0);
  });

  it("shows calls that wait for their turn, and those that are refused one", async () => {
    await calling(shop, "catalog", async ({ listProducts }) => {
      const rush = Promise.allSettled(Array.from({ length: 60 }, () => listProducts({})));
      await expect
        .poll(async () => {
          await look(shop, "catalog");
          return moved.has("grpc_server_waiting");
        })
        .toBe(true);
      await rush;
    });
    await look(shop, "catalog");
    expect(moved).toContain("grpc_server_refused_total");
  });

  it.skipIf(redisMissing && !ci)("shows an order that was left half done, and taken up", async () => {
    const orderId = randomUUID();
    await leaveHalfDone(Number(redis?.port), orderId);
    await expect
      .poll(async () => {
        await look(shop, "checkout");
        return moved.has("orders_recovered_total");
      })
      .toBe(true);

    const order = calling(shop, "checkout", ({ getOrder }) => getOrder({ orderId, userId: "ada" }));
    await expect(order, "it came to nothing").rejects.toThrow("NOT_FOUND");
  });

  it.skipIf(redisMissing && !ci)("shows that Redis is away, and what fails of it", async () => {
    await visitAll(shop);
    await look(shop, "cart");
    await redis?.kill();
    await expect
      .poll(async () => (await samplesOf(shop, "cart")).find(({ name }) => name === "redis_client_up")?.value)
      .toBe(0);
    await calling(shop, "cart", ({ getCart }) => refused(getCart({ userId: "somebody" })));
    await look(shop, "cart");
    await createShopper(shop.url).get("/");
    await look(shop, "frontend");
    expect(moved).toContain("pages_without_total");
  });
});

describe("a shop whose catalogue and mail are away, and whose shipping is told to be late and to fail", () => {
  let shop: RunningShop;
  beforeAll(async () => {
    shop = await startShopWith(
      {
        PRODUCT_CATALOG_SERVICE_ADDR: "127.0.0.1:1",
        SMTP_URL: "smtp://127.0.0.1:1",
        FAULT_LATENCY: "1ms",
        FAULT_ERROR_RATE: "1",
        FAULT_PATHS: "/hipstershop.ShippingService/",
      },
      "--without",
      "catalog",
    );
  });
  afterAll(() => shop?.stop());

  it("shows what was tried again, and what failed", async () => {
    for (let page = 0; page < 10; page += 1) await createShopper(shop.url).get(`/product/OLJCESPC7Z?page=${page}`);
    await calling(shop, "recommendation", ({ listRecommendations }) => refused(listRecommendations({})));
    await calling(shop, "shipping", ({ getQuote }) => refused(getQuote({})));
    await look(shop, ...names.filter((name) => name !== "catalog"));
  });
});

describe("a shop that is sent all that strangers can think of", () => {
  let shop: RunningShop;
  beforeAll(async () => {
    shop = await startShopWith({});
  });
  afterAll(() => shop?.stop());

  const each = async (count: number, work: (turn: number) => Promise<unknown>) => {
    for (let turn = 0; turn < count; turn += 20) {
      await Promise.all(Array.from({ length: 20 }, (_, at) => work(turn + at).catch(() => {})));
    }
  };

  it(`no service has ${MOST_SERIES} series`, async () => {
    await visitAll(shop);
    const methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"];
    const paths = ["/", "/search", "/product/OLJCESPC7Z", "/product-meta/x", "/cart", "/cart/empty", "/cart/checkout"];
    const more = ["/setCurrency", "/logout", "/_healthz", "/version", "/robots.txt", "/static/styles.css"];
    for (const path of [...paths, ...more]) {
      await each(methods.length, (turn) => fetch(shop.url + path, { method: methods[turn] ?? "GET" }));
      await fetch(shop.url + path, { method: "POST", headers: { origin: "https://evil.example" } });
      await fetch(shop.url + path, { method: "POST", body: "x".repeat(100_000), headers: form }).catch(() => {});
    }
    await each(1_000, (turn) => fetch(`${shop.url}/product/${turn}?from=${turn}`));
    await each(200, (turn) =>
      fetch(`${shop.url}/nowhere/${turn}`, { headers: { baggage: `synthetic_request=${turn}` } }),
    );
    await calling(shop, "cart", ({ addItem }) =>
      each(1_000, (turn) => addItem({ userId: `user ${turn}`, item: { productId: `P${turn}`, quantity: 1 } })),
    );
    await calling(shop, "catalog", ({ getProduct, searchProducts }) =>
      each(400, (turn) => Promise.all([refused(getProduct({ id: `P${turn}` })), searchProducts({ query: `${turn}` })])),
    );
    await calling(shop, "currency", async ({ getSupportedCurrencies, convertMany, convert }) => {
      const { currencyCodes } = await getSupportedCurrencies({});
      for (const toCode of currencyCodes) {
        await convertMany({ from: currencyCodes.map((currencyCode) => ({ currencyCode, units: "1" })), toCode });
      }
      await each(400, (turn) => refused(convert({ from: { currencyCode: letters(turn), units: "1" }, toCode: "USD" })));
    });
    const creditCard = {
      creditCardNumber: "4432801561520454",
      creditCardCvv: 672,
      creditCardExpirationYear: new Date().getUTCFullYear() + 1,
      creditCardExpirationMonth: 1,
    };
    await calling(shop, "payment", ({ charge }) =>
      each(1_000, (turn) => charge({ amount: { currencyCode: letters(turn), units: "1" }, creditCard })),
    );
    await calling(shop, "shipping", ({ getQuote, shipOrder }) =>
      each(1_000, (turn) => {
        const address = { country: turn < 700 ? letters(turn).slice(1) : `Country ${turn}`, zipCode: turn };
        return Promise.all([getQuote({ address, items: [] }), shipOrder({ address, items: [] })]);
      }),
    );
    await calling(shop, "email", ({ sendOrderConfirmation }) =>
      each(400, (turn) => sendOrderConfirmation({ email: `me@${turn}.example`, order: { orderId: `order-${turn}` } })),
    );
    await calling(shop, "ad", ({ getAds }) => each(400, (turn) => getAds({ contextKeys: [`key ${turn}`] })));
    await calling(shop, "recommendation", ({ listRecommendations }) =>
      each(400, (turn) => listRecommendations({ productIds: [`P${turn}`] })),
    );
    await calling(shop, "checkout", ({ placeOrder }) =>
      each(400, (turn) =>
        placeOrder({
          userId: `user ${turn}`,
          userCurrency: letters(turn),
          email: "a@b.example",
          address: {},
          creditCard,
        }),
      ),
    );

    const counts: [Name, number][] = [];
    for (const name of names) counts.push([name, (await samplesOf(shop, name)).length]);
    console.log(`series: ${counts.map(([name, count]) => `${name} ${count}`).join(", ")}`);
    expect(counts.filter(([, count]) => count >= MOST_SERIES)).toEqual([]);
    await look(shop, ...names);
  }, 120_000);
});

const form = { "content-type": "application/x-www-form-urlencoded" };
const letters = (turn: number) =>
  [676, 26, 1].map((place) => String.fromCharCode(65 + (Math.floor(turn / place) % 26))).join("");

it("every metric that is declared was seen to move", () => {
  const all = [...declared.values()].flatMap(({ metrics }) => metrics);
  const still = all.filter(({ name, type }) => !moved.has(type === "histogram" ? `${name}_count` : name));

  expect([...new Set(still.map(({ name }) => name))].sort()).toEqual([]);
});
