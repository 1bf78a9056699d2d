import { readFileSync } from "node:fs";
import { readSettings } from "@boutique/runtime/settings";
import { describe, expect, it } from "vitest";
import { settings } from "../src/settings.ts";
import { mug, openShop, orderForm } from "./shop.ts";

const titleOf = (html: string) => /<title>(.*)<\/title>/.exec(html)?.[1];
const textOf = (html: string, from: string, to: string) =>
  html
    .slice(html.indexOf(from), html.indexOf(to))
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ");

describe("a storefront without a canary's name", () => {
  it("looks like itself, and has no such address", async () => {
    const shop = await openShop();

    const { text } = await shop.get("/");

    expect(titleOf(text)).toBe("Online Boutique");
    expect(text).not.toMatch(/canary/i);
    expect((await shop.get("/v2.txt")).status).toBe(404);
    expect((await shop.get("/.txt")).status).toBe(404);
    expect(JSON.parse((await shop.get("/version")).text)).not.toHaveProperty("canary");
  });
});

describe.each(["v2", "v3", "v-error", "v1.4_beta-7"])("the canary %s", (CANARY) => {
  it("says its name on every page: in the title, the header and the footer", async () => {
    const shop = await openShop({}, { CANARY });
    await shop.post("/cart", { product_id: mug.id, quantity: "1" });
    const paths = ["/", "/search?q=Mug", `/product/${mug.id}`, "/cart", "/nowhere"];

    const pages = await Promise.all(paths.map(async (path) => (await shop.get(path)).text));
    pages.push((await shop.post("/cart/checkout", orderForm)).text);

    for (const page of pages) {
      expect(titleOf(page)).toMatch(new RegExp(`(^| · )Online Boutique ${CANARY}$`));
      expect(textOf(page, '<a class="brand"', '<form class="search"')).toBe(`Online Boutique ${CANARY} `);
      expect(textOf(page, '<dl class="facts">', "</footer>")).toContain(`Canary${CANARY}`);
      expect(page).toContain(`<html lang="en" data-canary="${CANARY}">`);
    }
    expect(new Set(pages.map(titleOf)).size).toBe(pages.length);
  });

  it("has a sheet of colours after that of all, from this shop, and no style in the page", async () => {
    const shop = await openShop({}, { CANARY, BASE_URL: "/shop" });

    const { text, headers } = await shop.get("/shop/");

    const sheets = [...text.matchAll(/<link rel="stylesheet" href="([^"]*)">/g)].map(([, path]) => String(path));
    expect(sheets).toEqual([
      expect.stringMatching(/^\/shop\/static\/styles\.[0-9a-f]{10}\.css$/),
      expect.stringMatching(/^\/shop\/static\/canary\.[0-9a-f]{10}\.css$/),
    ]);
    expect((await shop.get(String(sheets[1]))).headers.get("content-type")).toBe("text/css; charset=utf-8");
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
    expect(text).not.toMatch(/<style| style=/);
  });

  it("answers at an address of its own, and says its name at /version", async () => {
    const shop = await openShop({}, { CANARY, BASE_URL: "/shop" });

    const { status, headers, text } = await shop.get(`/shop/${CANARY}.txt`);

    expect([status, headers.get("content-type"), text]).toEqual([200, "text/plain; charset=utf-8", `${CANARY}\n`]);
    expect((await shop.get("/shop/v-other.txt")).status).toBe(404);
    expect((await shop.get(`/${CANARY}.txt`)).status).toBe(404);
    expect(JSON.parse((await shop.get("/shop/version")).text)).toMatchObject({ service: "frontend", canary: CANARY });
  });
});

it.each(["2", "V2", "v 2", "v2/x", "v<b>", `v${"2".repeat(31)}`])("a canary is not named %s", (CANARY) => {
  expect(() => readSettings(settings, { CANARY })).toThrow(`CANARY=${CANARY} is not a name such as "v2"`);
});

it("v2, v3, v-error and any other have hues of their own, at least 60 degrees apart", () => {
  const sheet = readFileSync(new URL("../static/canary.css", import.meta.url), "utf8");
  const hues = [...sheet.matchAll(/--hue: (\d+);/g)].map(([, hue]) => Number(hue)).sort((one, other) => one - other);

  expect(hues).toHaveLength(4);
  for (const name of ["v2", "v3", "v-error"]) expect(sheet).toContain(`:root[data-canary="${name}"] {\n  --hue: `);
  for (const [place, hue] of hues.slice(1).entries()) expect(hue - Number(hues[place])).toBeGreaterThanOrEqual(60);
});

describe("the variant that fails (FAULT_ERROR_RATE, FAULT_PATHS=/product/)", () => {
  const variant = { CANARY: "v-error", FAULT_ERROR_RATE: "0.5", FAULT_PATHS: "/product/", BASE_URL: "/shop" };

  it("answers half of its product pages with 500, in the shop's own words, and asks nobody for those", async () => {
    const shop = await openShop({}, variant);
    await shop.get("/shop/");
    shop.calls();

    const answers = [];
    for (let turn = 0; turn < 60; turn += 1)
      answers.push({ ...(await shop.get(`/shop/product/${mug.id}`)), calls: shop.calls() });
    const failed = answers.filter(({ status }) => status === 500);

    expect(failed.length).toBeGreaterThan(15);
    expect(failed.length).toBeLessThan(45);
    for (const { status, headers, text, calls } of answers) {
      expect([status, headers.get("x-fault")]).toEqual(status === 500 ? [500, "error"] : [200, null]);
      expect(calls.length > 0).toBe(status === 200);
      expect(titleOf(text)).toContain("Online Boutique v-error");
      if (status === 500) expect(text).toContain("Something went wrong");
      expect(text).not.toContain("fault injected");
    }
    expect(await shop.metrics()).toContain(
      `http_requests_total{method="GET",route="/product/:id",status="500"} ${failed.length}\n`,
    );
  });

  it("serves everything else", async () => {
    const shop = await openShop({}, variant);

    for (const path of ["/", "/cart", "/product-meta/x", "/v-error.txt", "/_healthz", "/version", "/robots.txt"]) {
      expect([path, (await shop.get(`/shop${path}`)).status]).toEqual([path, path === "/product-meta/x" ? 404 : 200]);
    }
  });
});

describe("the variant that is late (FAULT_LATENCY)", () => {
  it("has everything wait but what says that it lives and what it is", async () => {
    const shop = await openShop({}, { CANARY: "v3", FAULT_LATENCY: "20ms" });
    const faultOf = async (path: string) => (await shop.get(path)).headers.get("x-fault");

    for (const path of ["/", `/product/${mug.id}`, "/cart", "/static/styles.css", "/v3.txt", "/robots.txt"]) {
      expect([path, await faultOf(path)]).toEqual([path, "latency"]);
    }
    for (const path of ["/_healthz", "/version"]) expect([path, await faultOf(path)]).toEqual([path, null]);
    expect((await shop.post("/cart", { product_id: mug.id, quantity: "1" })).headers.get("x-fault")).toBe("latency");
    expect(JSON.parse((await shop.get("/version")).text)).toMatchObject({
      canary: "v3",
      faults: { latency_ms: 20, error_rate: 0, paths: [], seed: 1 },
    });
  });

  it("does not take of the time that a page has to be made in", async () => {
    const shop = await openShop({}, { FAULT_LATENCY: "400ms", PAGE_TIMEOUT_MS: "300" });

    expect((await shop.get("/")).status).toBe(200);
  });
});
