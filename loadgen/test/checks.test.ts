import { expect, test } from "vitest";
import { openBrowser } from "../src/shoppers/browser.ts";
import { createMemory } from "../src/shoppers/checks.ts";
import { openLine } from "../src/shoppers/line.ts";
import { createChance } from "../src/shoppers/random.ts";
import { amountOf } from "../src/shoppers/reading.ts";
import { type TaskName, tasks } from "../src/shoppers/tasks.ts";
import { createWaiting } from "../src/shoppers/waiting.ts";
import { openShop } from "./at-work.ts";
import type { Seen, Spoil } from "./little-shop.ts";

const everything: readonly TaskName[] = [
  ...(["index", "browseProduct", "search", "addToCart", "setCurrency", "viewCart", "addToCart", "checkout"] as const),
  ...(["viewCart", "addToCart", "emptyCart", "viewCart", "addToCart", "logout", "viewCart", "checkout"] as const),
];

/** What one shopper finds wrong who does some tasks in a shop whose pages are spoilt. */
async function problemsWith(spoil: Spoil, wanted = everything, checks: "body" | "status" = "body"): Promise<string[]> {
  const host = await openShop(undefined, spoil);
  const problems: string[] = [];
  const waiting = createWaiting(10);
  const line = openLine(host);
  const tell = (_: unknown, __: number, ___: number, problem: string | undefined) => problem && problems.push(problem);
  const browser = openBrowser(
    { host, checks, waiting, tell, ending: () => false },
    { take: () => line, give: () => {} },
  );
  const memory = createMemory(() => browser.cookies.get("shop_currency") ?? "USD");
  const chance = createChance(1);
  for (const task of wanted) await tasks[task]({ chance, browser, memory });
  waiting.close();
  line.close();
  return problems;
}

const on =
  (method: string, path: RegExp, change: (page: string) => string): Spoil =>
  (page, seen: Seen) =>
    seen.method === method && path.test(seen.path) ? change(page) : page;

test("a shop that does all as it should is found without fault", async () => {
  expect(await problemsWith((page) => page)).toEqual([]);
});

test.each<[words: string, tasks: TaskName[], spoil: Spoil]>([
  ["home page without a product and its price", ["index"], on("GET", /^\/$/, () => "<h1>Welcome</h1>")],
  [
    "page in another currency than was chosen",
    ["setCurrency"],
    on("GET", /^\/$/, (page) => page.replace(/value="\w+" selected/, 'value="XXX" selected')),
  ],
  [
    "product page of another product",
    ["browseProduct"],
    on("GET", /product/, (page) => page.replace(/value="\w+">$/, "")),
  ],
  ["product page without a price", ["browseProduct"], on("GET", /product/, (page) => page.replace(/\$[\d.]+/, "soon"))],
  ["search page for other words", ["search"], on("GET", /search/, (page) => page.replace(/type="search"/, ""))],
  ["search page without products", ["search"], on("GET", /search/, (page) => page.replace("hot-product", ""))],
  ["cart page without a cart", ["viewCart"], on("GET", /cart/, () => "a page of another kind")],
  [
    "cart page with other items than were put in",
    ["addToCart"],
    on("GET", /cart/, (page) => page.replace(/Quantity: \d+/, "Quantity: 99")),
  ],
  [
    "cart page with other items than were put in",
    ["addToCart"],
    on("GET", /cart/, () => "<h1>Your cart is empty</h1>"),
  ],
  [
    "cart page whose total is not the sum of its lines",
    ["addToCart"],
    on("GET", /cart/, (page) => page.replace(/(<dt>Total<\/dt><dd>\$)/, "$19")),
  ],
  [
    "cart page with another price than the product's page",
    ["addToCart"],
    on("GET", /product/, (page) => page.replace("$19.99", "$17.99")),
  ],
  ["order page without an order id", ["checkout"], on("POST", /checkout/, (page) => page.replace("o-1", " "))],
  [
    "order page without a total",
    ["checkout"],
    on("POST", /checkout/, (page) => page.replace(/total-paid">\$[\d.]+/, 'total-paid">')),
  ],
  [
    "order page with other items than were in the cart",
    ["checkout"],
    on("POST", /checkout/, (page) => page.replace(/<li>.*<\/li>/, "")),
  ],
  [
    "order page whose total is not the sum of its lines",
    ["checkout"],
    on("POST", /checkout/, (page) => page.replace(/total-paid">\$/, 'total-paid">$9')),
  ],
  [
    "order page with another total than the cart's",
    ["checkout"],
    // Shipping has become dearer, and all of the order knows it.
    on("POST", /checkout/, (page) =>
      page
        .replace("$8.99", "$18.99")
        .replaceAll(/(total-paid">|Total<\/dt><dd>)\$(\d+)/g, (_, mark, dollars) => `${mark}$${Number(dollars) + 10}`),
    ),
  ],
])("%s is found out, once", async (words, wanted, spoil) => {
  expect(await problemsWith(spoil, wanted)).toEqual([words]);
  expect(await problemsWith(spoil, wanted, "status")).toEqual([]);
});

test("a cart that was lost is a failure once; from then on the shop is believed", async () => {
  let lose = false;
  const spoil: Spoil = (page, { path }) => {
    if (!lose || path !== "/cart") return page;
    return page.replace(/<li>.*<\/ul>.*$/s, '<h1 class="x">Your cart is empty</h1>');
  };
  const pages: Spoil = (page, seen) => {
    const sent = spoil(page, seen);
    if (seen.method === "GET" && seen.path === "/cart") lose = true;
    return sent;
  };
  expect(await problemsWith(pages, ["addToCart", "viewCart", "viewCart"])).toEqual([
    "cart page with other items than were put in",
  ]);
});

test("amounts are read in any currency's way of writing", () => {
  expect(["$19.99", "CA$1,026.74", "¥2,235", "12.34 XXX", "€0.00"].map(amountOf)).toEqual([
    1_999, 102_674, 2_235, 1_234, 0,
  ]);
  expect([undefined, "", "soon"].map(amountOf)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});
