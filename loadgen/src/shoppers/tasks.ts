import type { Browser } from "./browser.ts";
import type { Memory } from "./checks.ts";
import { fillIn } from "./people.ts";
import type { Chance } from "./random.ts";

const products = [
  "0PUK6V6EV0",
  "1YMWWN1N4O",
  "2ZYFJ3GM2N",
  "66VCHSJNUP",
  "6E92ZMYYFZ",
  "9SIQT8TOJO",
  "L9ECAV7KIM",
  "LS4PSXUNUM",
  "OLJCESPC7Z",
] as const;
const currencies = ["EUR", "USD", "JPY", "CAD", "GBP", "TRY"] as const;
const searches = ["sunglasses", "watch", "mug", "candle", "jar", "hairdryer"] as const;
const SUNGLASSES = "OLJCESPC7Z";

/** Somebody at work: by what chance, with which browser, and what they remember. */
export interface Visit {
  readonly chance: Chance;
  readonly browser: Browser;
  readonly memory: Memory;
  /** When the first request is due, by performance.now(), if that was said. */
  readonly due?: number;
}

/** One thing that shoppers do: one request or several, one after the other. */
export type Task = (visit: Visit) => Promise<void>;

/** The names of all tasks. */
export type TaskName = keyof typeof tasks;

const home = { method: "GET", path: "/", name: "/" } as const;

const index: Task = async ({ browser, memory, due }) => {
  await browser.ask({ ...home, check: memory.home }, due);
};

const view = async ({ browser, memory, due }: Visit, id: string): Promise<void> => {
  await browser.ask({ method: "GET", path: `/product/${id}`, name: "/product/[id]", check: memory.product(id) }, due);
};

const addToCart: Task = async (visit) => {
  const { chance, browser, memory } = visit;
  const id = chance.pick(products);
  const quantity = chance.between(1, 10);
  await view(visit, id);
  memory.putIn(id, quantity);
  const form = { product_id: id, quantity: String(quantity) };
  const done = await browser.ask({ method: "POST", path: "/cart", name: "/cart", form, check: memory.cart });
  if (!done) memory.unsure();
};

/** What shoppers do. What they choose depends on their chance alone, never on answers. */
export const tasks = {
  index,

  setCurrency: async ({ chance, browser, memory, due }) => {
    const form = { currency_code: chance.pick(currencies) };
    const check = (page: string) =>
      browser.cookies.get("shop_currency") === form.currency_code ? memory.home(page) : "currency not set";
    await browser.ask({ method: "POST", path: "/setCurrency", name: "/setCurrency", form, check }, due);
  },

  browseProduct: (visit) => view(visit, visit.chance.pick(products)),

  viewSunglasses: (visit) => view(visit, SUNGLASSES),

  addToCart,

  viewCart: async ({ browser, memory, due }) => {
    await browser.ask({ method: "GET", path: "/cart", name: "/cart", check: memory.cart }, due);
  },

  checkout: async (visit) => {
    const { chance, browser, memory } = visit;
    await addToCart(visit);
    const form = fillIn(chance);
    const ask = { method: "POST", path: "/cart/checkout", name: "/cart/checkout", form, check: memory.order } as const;
    if (!(await browser.ask(ask))) memory.unsure();
  },

  search: async ({ chance, browser, memory, due }) => {
    const words = chance.pick(searches);
    await browser.ask({ method: "GET", path: `/search?q=${words}`, name: "/search", check: memory.search(words) }, due);
  },

  emptyCart: async ({ browser, memory, due }) => {
    const ask = { method: "POST", path: "/cart/empty", name: "/cart/empty", form: {}, check: memory.home } as const;
    memory.emptied();
    if (!(await browser.ask(ask, due))) memory.unsure();
  },

  logout: async ({ browser, memory, due }) => {
    // Whoever comes back is somebody else, with a cart of their own.
    memory.emptied();
    if (!(await browser.ask({ method: "GET", path: "/logout", name: "/logout", check: memory.home }, due)))
      memory.unsure();
  },
} satisfies Record<string, Task>;
