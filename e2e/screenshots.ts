import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { openChromium } from "./chromium.ts";

const help = `npm run screenshots: takes the pictures of the README, and of every page with --all.

  --url URL     a shop that runs already (default: starts one)
  --out DIR     where to write (default: docs/images)
  --all         every page, wide, narrow and dark, not just those of the README`;

const { values } = parseArgs({
  options: { url: { type: "string" }, out: { type: "string" }, all: { type: "boolean" }, help: { type: "boolean" } },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}

const out = values.out ?? fileURLToPath(new URL("../docs/images", import.meta.url));
const own = values.url ? undefined : startShop();
const url = values.url ?? "http://127.0.0.1:19080";
mkdirSync(out, { recursive: true });

const fill = async (page: Page) => {
  for (const [id, quantity] of [
    ["LS4PSXUNUM", "1"],
    ["6E92ZMYYFZ", "4"],
  ]) {
    await page.goto(`${url}/product/${id}`);
    await page.selectOption("#quantity", String(quantity));
    await page.click(".add-to-cart button");
  }
};
const pages: Record<string, (page: Page) => Promise<unknown>> = {
  home: (page) => page.goto(`${url}/`),
  search: (page) => page.goto(`${url}/search?q=kitchen`),
  nothing: (page) => page.goto(`${url}/search?q=submarine`),
  product: (page) => page.goto(`${url}/product/1YMWWN1N4O`),
  empty: (page) => page.goto(`${url}/cart`),
  cart: fill,
  refused: async (page) => {
    await fill(page);
    await page.fill("#credit_card_number", "4432801561520455");
    await page.click(".place-order");
  },
  order: async (page) => {
    await fill(page);
    await page.click(".place-order");
  },
  missing: (page) => page.goto(`${url}/nowhere`),
};
const looks = {
  wide: { viewport: { width: 1280, height: 860 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 860 }, colorScheme: "dark" },
  narrow: { viewport: { width: 360, height: 740 }, colorScheme: "light" },
} as const;
const wanted = values.all
  ? Object.keys(looks).flatMap((look) => Object.keys(pages).map((page) => [page, look]))
  : [
      ["home", "wide"],
      ["product", "dark"],
      ["cart", "wide"],
    ];

const browser = await openChromium();
await answering();
for (const [name = "", look = ""] of wanted) {
  const context = await browser.newContext(looks[look as keyof typeof looks]);
  const page = await context.newPage();
  await page.goto(`${url}/`);
  await page.selectOption("#currency_code", "EUR");
  await page.waitForFunction('document.querySelector("#currency_code").value === "EUR"');
  await pages[name]?.(page);
  await page.waitForLoadState("networkidle");
  const path = `${out}/${name}-${look}.png`;
  await page.screenshot({ path, fullPage: values.all === true });
  console.log(path);
  await context.close();
}
await browser.close();
own?.kill("SIGTERM");

function startShop() {
  const script = fileURLToPath(new URL("../scripts/shop.ts", import.meta.url));
  return spawn(process.execPath, [script, "--port", "19080"], { stdio: ["ignore", "ignore", "inherit"] });
}

async function answering(): Promise<void> {
  const limit = Date.now() + 20_000;
  while (Date.now() < limit) {
    if (
      await fetch(url).then(
        (response) => response.ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no shop answers at ${url}`);
}
