import { redisMissing, startRedis } from "@boutique/testkit/redis";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, installChromium, openChromium } from "../chromium.ts";
import { type RunningShop, startShop } from "../running-shop.ts";

const runs = chromiumPath() !== undefined || process.env.CI === "true";
const skipped = runs ? "" : ` (skipped: ${installChromium})`;

let browser: Browser;
beforeAll(async () => {
  if (runs) browser = await openChromium();
});
afterAll(() => browser?.close());

/** Buys two mugs as a shopper does, and returns what the last page says. */
async function buy(page: Page, url: string, currency: string, scripted: boolean) {
  await page.goto(url);
  await page.selectOption("#currency_code", currency);
  if (!scripted) await page.click("#currency_form button");
  await page.waitForFunction(
    (code) => document.querySelector<HTMLSelectElement>("#currency_code")?.value === code,
    currency,
  );
  await page.click("text=Mug");
  await page.waitForURL("**/product/6E92ZMYYFZ");
  const price = await page.textContent(".product-price");
  await page.selectOption("#quantity", "2");
  await page.click("text=Add to cart");
  await page.waitForURL("**/cart");
  await page.fill("#email", "ada@example.com");
  await page.fill("#credit_card_number", "4432 8015 6152 0454");
  await page.click("text=Place order");
  await page.waitForURL("**/cart/checkout");
  return {
    price,
    order: await page.textContent("#order-id"),
    tracking: await page.textContent("#tracking-id"),
    total: await page.textContent("#total-paid"),
  };
}

const prices = [
  ["EUR", "€7.95", "€23.85"],
  ["JPY", "¥1,005", "¥3,015"],
  ["USD", "$8.99", "$26.97"],
] as const;

const inMemory = () => startShop();
const inRedis = async (): Promise<RunningShop> => {
  const redis = await startRedis();
  const shop = await startShop("--redis", redis.address);
  return { ...shop, stop: () => shop.stop().then(redis.dispose) };
};

describe
  .runIf(runs)
  .each([
    ["in memory", inMemory],
    ...(redisMissing && process.env.CI !== "true" ? [] : [["in Redis", inRedis] as const]),
  ] as const)(`with carts %s, a shopper with Chromium${skipped}`, (_, start) => {
  let shop: RunningShop;
  beforeAll(async () => {
    shop = await start();
  });
  afterAll(() => shop?.stop());

  describe.each([true, false])("and JavaScript %s", (javaScriptEnabled) => {
    it.each(prices)("buys two mugs in %s", async (currency, price, total) => {
      const context = await browser.newContext({ javaScriptEnabled });
      const page = await context.newPage();

      const bought = await buy(page, shop.url, currency, javaScriptEnabled);

      expect(bought).toMatchObject({ price, total });
      expect(bought.order).toMatch(/^[0-9a-f-]{36}$/);
      expect(bought.tracking).toMatch(/^[A-Z]{2}-\d+-\d+$/);
      await context.close();
    });
  });
});

describe.runIf(runs)(`without ads, recommendations and e-mail, a shopper with Chromium${skipped}`, () => {
  let shop: RunningShop;
  beforeAll(async () => {
    shop = await startShop("--without", "ad,recommendation,email");
  });
  afterAll(() => shop?.stop());

  it.each([true, false])("still buys (JavaScript %s)", async (javaScriptEnabled) => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();

    expect(await buy(page, shop.url, "EUR", javaScriptEnabled)).toMatchObject({ total: "€23.85" });
    await context.close();
  });
});
