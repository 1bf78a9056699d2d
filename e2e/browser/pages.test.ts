import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, installChromium, openChromium } from "../chromium.ts";
import { type RunningShop, startShop } from "../running-shop.ts";

const runs = chromiumPath() !== undefined || process.env.CI === "true";
const skipped = runs ? "" : ` (skipped: ${installChromium})`;
const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

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

const add = async (page: Page) => {
  await page.goto(`${shop.url}/product/6E92ZMYYFZ`);
  await page.click("text=Add to cart");
  await page.waitForURL("**/cart");
};
const order = async (page: Page) => {
  await add(page);
  await page.click("text=Place order");
  await page.waitForURL("**/cart/checkout");
};

/** Every page, in every state that looks different. */
const states: [string, (page: Page) => Promise<unknown>][] = [
  ["home", (page) => page.goto(`${shop.url}/`)],
  ["search", (page) => page.goto(`${shop.url}/search?q=mug`)],
  ["search without results", (page) => page.goto(`${shop.url}/search?q=submarine`)],
  ["product", (page) => page.goto(`${shop.url}/product/OLJCESPC7Z`)],
  ["empty cart", (page) => page.goto(`${shop.url}/cart`)],
  ["cart", add],
  [
    "cart with a form that will not do",
    async (page) => {
      await add(page);
      await page.evaluate(() =>
        document.querySelector<HTMLFormElement>(".cart-checkout-form")?.setAttribute("novalidate", ""),
      );
      await page.fill("#email", "ada");
      await page.fill("#credit_card_number", "12");
      await page.click("text=Place order");
      await page.waitForURL("**/cart/checkout");
    },
  ],
  [
    "cart with a card that is refused",
    async (page) => {
      await add(page);
      await page.fill("#credit_card_number", "4432801561520455");
      await page.click("text=Place order");
      await page.waitForURL("**/cart/checkout");
    },
  ],
  ["order", order],
  ["no orders", (page) => page.goto(`${shop.url}/orders`)],
  [
    "orders",
    async (page) => {
      await order(page);
      await page.goto(`${shop.url}/orders`);
    },
  ],
  [
    "an order of the list",
    async (page) => {
      await order(page);
      await page.goto(`${shop.url}/orders`);
      await page.click(".order-link");
      await page.waitForURL("**/order/*");
    },
  ],
  ["not found", (page) => page.goto(`${shop.url}/nowhere`)],
];

const views = [
  ["wide and light", { viewport: { width: 1440, height: 900 }, colorScheme: "light" }],
  ["wide and dark", { viewport: { width: 1440, height: 900 }, colorScheme: "dark" }],
  ["narrow and light", { viewport: { width: 360, height: 740 }, colorScheme: "light" }],
  ["narrow and dark", { viewport: { width: 360, height: 740 }, colorScheme: "dark" }],
] as const;

describe.runIf(runs).each(views)(`%s${skipped}`, (_, options) => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await browser.newContext(options);
  });
  afterAll(() => context?.close());

  it.each(states)(
    "%s: accessible, nothing overflows, nothing shifts, nothing comes from elsewhere",
    async (_, open) => {
      await context.clearCookies();
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        const expected = /status of (404|422)/.test(message.text());
        if (message.type() === "error" && !expected) complaints.push(message.text());
      });
      page.on("request", (request) => {
        if (!/^(data:|blob:)/.test(request.url()) && !request.url().startsWith(shop.url))
          complaints.push(request.url());
      });
      await page.addInitScript(() => {
        Object.assign(window, { shift: 0 });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
            if (!entry.hadRecentInput) Object.assign(window, { shift: Reflect.get(window, "shift") + entry.value });
          }
        }).observe({ type: "layout-shift", buffered: true });
      });

      await open(page);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(
        (values) => Reflect.get(window, "axe").run({ runOnly: { type: "tag", values } }),
        tags,
      );
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      const shift = await page.evaluate(() => Reflect.get(window, "shift"));

      type Violation = { id: string; nodes: { html: string }[] };
      expect(violations.map(({ id, nodes }: Violation) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual(
        [],
      );
      expect(complaints).toEqual([]);
      expect(overflow).toBeLessThanOrEqual(0);
      expect(shift).toBeLessThan(0.01);
      expect(await page.title()).toMatch(/Online Boutique$/);
      expect(await page.locator("h1").count()).toBe(1);
      await page.close();
    },
  );
});

describe.runIf(runs)(`a shopper with a keyboard alone${skipped}`, () => {
  it("buys, and always sees where the focus is", async () => {
    const page = await browser.newPage();
    /** Presses Tab until the wished element has the focus, which must be visible all along. */
    const tabTo = async (selector: string) => {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press("Tab");
        const seen = await page.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body) return true;
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
          return (outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0) || boxShadow !== "none";
        });
        expect(seen, await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120))).toBe(true);
        if (await page.evaluate((wished) => document.activeElement?.matches(wished), selector)) return;
      }
      throw new Error(`${selector} cannot be reached with Tab`);
    };

    await page.goto(`${shop.url}/`);
    await tabTo('a[href="/product/6E92ZMYYFZ"]');
    await page.keyboard.press("Enter");
    await page.waitForURL("**/product/6E92ZMYYFZ");
    await tabTo(".add-to-cart button");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/cart");
    await tabTo("#email");
    await page.keyboard.type("ada@example.com");
    await tabTo(".place-order");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/cart/checkout");

    expect(await page.textContent("#order-id")).toMatch(/^[0-9a-f-]{36}$/);
    await page.close();
  });
});

describe.runIf(runs)(`every page below a prefix${skipped}`, () => {
  let prefixed: RunningShop;
  beforeAll(async () => {
    process.env.BASE_URL = "/boutique";
    prefixed = await startShop().finally(() => delete process.env.BASE_URL);
  });
  afterAll(() => prefixed?.stop());

  it("finds its style, its script and its pictures", async () => {
    const page = await browser.newPage();
    const missing: string[] = [];
    page.on("response", (response) => {
      if (response.status() >= 400) missing.push(response.url());
    });

    for (const path of ["/", "/product/OLJCESPC7Z", "/cart"]) {
      await page.goto(`${prefixed.url}/boutique${path}`, { waitUntil: "networkidle" });
    }

    expect(missing).toEqual([]);
    await page.close();
  });
});
