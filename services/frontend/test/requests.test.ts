import { METHODS } from "node:http";
import { describe, expect, it, vi } from "vitest";
import { type Browser, mug, openShop, orderForm } from "./shop.ts";

// A request is counted a moment after its answer was received.
const PATIENCE_MS = 10_000;

/** The label sets of a metric, without its values. */
const seriesOf = async (shop: Browser, metric: string) =>
  [...(await shop.metrics()).matchAll(new RegExp(`^${metric}\\{(.*)\\} .*$`, "gm"))].map(([, labels]) => labels);

const answered = async (shop: Browser) =>
  [...(await shop.metrics()).matchAll(/^http_requests_total\{.*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );

describe("requests are counted and timed by the template of their route (original: no metrics)", () => {
  it.each([
    ["GET", "/", "/", 200],
    ["HEAD", "/", "/", 200],
    ["GET", "/search?q=Mug", "/search", 200],
    ["GET", `/product/${mug.id}?from=ad`, "/product/:id", 200],
    ["GET", "/product/NOPE", "/product/:id", 404],
    ["GET", "/product/%E0%A4%A", "unmatched", 400],
    ["GET", `/product-meta/${mug.id}`, "/product-meta/:id", 200],
    ["GET", "/cart", "/cart", 200],
    ["PUT", "/cart", "unmatched", 405],
    ["POST", "/cart", "/cart", 422],
    ["POST", "/cart/empty", "/cart/empty", 302],
    ["POST", "/cart/checkout", "/cart/checkout", 422],
    ["GET", "/orders", "/orders", 200],
    ["GET", "/order/5f3a0c7e", "/order/:id", 404],
    ["POST", "/setCurrency", "/setCurrency", 422],
    ["GET", "/logout", "/logout", 302],
    ["GET", "/static/styles.css", "/static/{*path}", 200],
    ["GET", "/static/nothing.css", "/static/{*path}", 404],
    ["GET", "/_healthz", "/_healthz", 200],
    ["GET", "/version", "/version", 200],
    ["GET", "/robots.txt", "/robots.txt", 200],
    ["GET", "/.env", "unmatched", 404],
    ["DELETE", "/no/such/page", "unmatched", 404],
  ])("%s %s", async (method, path, route, status) => {
    const label = { GET: "GET", HEAD: "GET", POST: "POST" }[method] ?? "other";
    const shop = await openShop();

    await fetch(shop.url + path, { method, redirect: "manual" });

    const labels = `method="${label}",route="${route}",status="${status}"`;
    await vi.waitFor(async () => expect(await seriesOf(shop, "http_requests_total")).toEqual([labels]), PATIENCE_MS);
    expect(await seriesOf(shop, "http_request_duration_seconds_count")).toEqual([labels]);
    expect(await shop.metrics()).toContain(`http_request_duration_seconds_bucket{le="+Inf",${labels}} 1`);
  });

  it("below a prefix too", async () => {
    const shop = await openShop({}, { BASE_URL: "/shop" });

    await shop.get(`/shop/product/${mug.id}`);

    await vi.waitFor(
      async () =>
        expect(await seriesOf(shop, "http_requests_total")).toEqual(['method="GET",route="/product/:id",status="200"']),
      PATIENCE_MS,
    );
  });

  it("also when nobody waited for the answer", async () => {
    const begun = Promise.withResolvers<void>();
    const shop = await openShop({
      cart: {
        getCart: () => {
          begun.resolve();
          return new Promise(() => {});
        },
      },
    });
    const gone = new AbortController();
    const asked = fetch(`${shop.url}/product/${mug.id}`, { signal: gone.signal });
    asked.catch(() => {});
    await begun.promise;
    gone.abort();

    await vi.waitFor(async () => {
      expect(await shop.metrics()).toContain('http_requests_total{method="GET",route="/product/:id",status="499"} 1');
    }, PATIENCE_MS);
    // How long an answer takes, nobody knows of it.
    expect(await seriesOf(shop, "http_request_duration_seconds_count")).toEqual([]);
  });
});

it("strangers who try every method at thousands of addresses leave room for every page (original: no bounds)", async () => {
  const shop = await openShop();
  const pages = ["/", "/search", "/product/x", "/product-meta/x", "/cart", "/cart/empty", "/cart/checkout", "/logout"];
  const others = ["/setCurrency", "/static/x", "/_healthz", "/version", "/robots.txt", "/%E0%A4%A"];
  // These two fetch does not send.
  const methods = METHODS.filter((method) => !["CONNECT", "TRACE"].includes(method));
  const tries = [
    ...methods.flatMap((method) => [...pages, ...others].map((path) => ({ path, method }))),
    ...pages.map((path) => ({ path, method: "POST", headers: { origin: "https://evil.example" } })),
    { path: "/cart", method: "POST", body: new URLSearchParams({ ...orderForm, city: "x".repeat(40_000) }) },
    ...Array.from({ length: 2_000 }, (_, number) => ({
      path: `/${"deep/".repeat(number % 5)}${number}?${number}`,
      method: methods[number % methods.length] ?? "GET",
    })),
  ];

  for (let first = 0; first < tries.length; first += 50) {
    const some = tries.slice(first, first + 50);
    await Promise.all(
      some.map(async ({ path, ...init }) => (await fetch(shop.url + path, { ...init, redirect: "manual" })).text()),
    );
  }

  await vi.waitFor(async () => expect(await answered(shop)).toBe(tries.length), PATIENCE_MS);
  const series = await seriesOf(shop, "http_requests_total");
  expect(series.length).toBeLessThan(34);
  expect(series.join()).not.toContain('route="other"');
  expect(await seriesOf(shop, "http_request_duration_seconds_count")).toEqual(series);
  expect(series.join()).not.toMatch(/deep|PROPFIND/);
  expect(await shop.metrics()).toContain("http_requests_in_flight 0");
  expect((await shop.metrics()).match(/^\w.* /gm)?.length).toBeLessThan(1_500);
}, 60_000);

it("requests in flight are counted, until they are answered, fail or are given up", async () => {
  const waiting = Promise.withResolvers<void>();
  let asked = 0;
  const shop = await openShop({
    cart: {
      getCart: async ({ userId }) => {
        asked += 1;
        const isLast = asked === 4;
        await waiting.promise;
        return isLast ? Promise.reject(new Error("broken")) : { userId, items: [] };
      },
    },
  });
  const gone = new AbortController();
  const given = fetch(`${shop.url}/cart`, { signal: gone.signal }).catch(() => {});
  const others = ["/", "/cart", "/cart"].map((path) => shop.get(path));
  await vi.waitFor(() => expect(asked).toBe(4), PATIENCE_MS);
  expect(await shop.metrics()).toContain("http_requests_in_flight 4");

  gone.abort();
  await given;
  await vi.waitFor(async () => expect(await shop.metrics()).toContain("http_requests_in_flight 3"), PATIENCE_MS);
  waiting.resolve();
  await Promise.all(others);

  await vi.waitFor(async () => expect(await shop.metrics()).toContain("http_requests_in_flight 0"), PATIENCE_MS);
});
