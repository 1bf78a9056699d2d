import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, installChromium, openChromium } from "../chromium.ts";
import { type RunningShop, startShop } from "../running-shop.ts";

const runs = chromiumPath() !== undefined || process.env.CI === "true";
const skipped = runs ? "" : ` (skipped: ${installChromium})`;

let browser: Browser;
let shop: RunningShop;
beforeAll(async () => {
  if (!runs) return;
  browser = await openChromium();
  shop = await startShop();
});
afterAll(async () => {
  await browser?.close();
  await shop?.stop();
});

const orderIn = (page: Page) => page.textContent("#order-id");

async function toTheForm(page: Page) {
  await page.goto(`${shop.url}/product/6E92ZMYYFZ`);
  await page.click("text=Add to cart");
  await page.waitForURL("**/cart");
}

async function order(page: Page) {
  await page.click("text=Place order");
  await page.waitForURL("**/cart/checkout");
  return orderIn(page);
}

/** The orders that the shop has of this visitor. */
async function ordersOf(page: Page) {
  await page.goto(`${shop.url}/orders`);
  const links = await page.$$eval(".order-link", (all) => all.map((link) => link.getAttribute("href")));
  return links.map((link) => link?.replace("/order/", ""));
}

describe.runIf(runs).each([true, false])(`a shopper with Chromium and JavaScript %s${skipped}`, (javaScriptEnabled) => {
  async function visitor() {
    const context = await browser.newContext({ javaScriptEnabled });
    return { page: await context.newPage(), close: () => context.close() };
  }

  it("who goes back and orders again, and loads the page again, has one order", async () => {
    const { page, close } = await visitor();
    await toTheForm(page);
    const first = await order(page);

    await page.goBack();
    expect(await page.isEnabled(".place-order")).toBe(true);
    expect(await order(page)).toBe(first);
    await page.reload();

    expect(await orderIn(page)).toBe(first);
    expect(await ordersOf(page)).toEqual([first]);
    await close();
  });

  it("who clicks twice has one order", async () => {
    const { page, close } = await visitor();
    await toTheForm(page);

    await page.dblclick(".place-order");
    // Without scripts the second click breaks the first one's navigation off, which is nothing to fail of.
    await page.waitForSelector("#order-id");

    const [only] = await ordersOf(page);
    await page.goto(`${shop.url}/order/${only}`);
    expect(await orderIn(page)).toBe(only);
    expect(await ordersOf(page)).toHaveLength(1);
    await close();
  });

  it("whose cart changed meanwhile is shown its new total, and orders that by pressing the button again", async () => {
    const { page, close } = await visitor();
    await toTheForm(page);
    const other = await page.context().newPage();
    await toTheForm(other);
    await other.close();
    await page.fill("#city", "Springfield");

    await page.click(".place-order");
    await page.waitForURL("**/cart/checkout");
    expect(await page.textContent(".error-summary")).toContain("it now comes to $26.97.");
    expect(await page.inputValue("#city")).toBe("Springfield");
    expect(await page.inputValue("#credit_card_cvv")).toBe("");
    await page.fill("#credit_card_cvv", "672");
    await page.click(".place-order");

    await page.waitForSelector("#order-id");
    expect(await page.textContent("#total-paid")).toBe("$26.97");
    await close();
  });
});
