import { openBrowser } from "./browser.ts";
import { type Chance, createChance } from "./chance.ts";
import { fillIn } from "./people.ts";

/** What the load is let loose on, and how much of it. */
export interface Load {
  readonly url: string;
  readonly seed: number;
  /** How many tasks, all users together. */
  readonly tasks: number;
  /** How many users at once; each does its tasks one after the other, without the original's pauses. */
  readonly users?: number;
  /**
   * Card numbers that nobody pays with. The original's own payment service refuses one random Visa number in two
   * hundred, which it takes for visa_electron: its load fails there, with its shop and with ours.
   */
  readonly unwantedCards?: RegExp;
}

/** What came of a load. */
export interface LoadReport {
  readonly requests: number;
  /** How often each task was done. */
  readonly tasks: Readonly<Record<string, number>>;
  /** How many requests were answered with 400 or more, or not at all. */
  readonly failed: number;
  /** The first of these, in words. */
  readonly failures: readonly string[];
  /** The pages that orders were answered with. */
  readonly orders: readonly string[];
}

const products = "0PUK6V6EV0 1YMWWN1N4O 2ZYFJ3GM2N 66VCHSJNUP 6E92ZMYYFZ 9SIQT8TOJO L9ECAV7KIM LS4PSXUNUM OLJCESPC7Z";
const currencies = ["EUR", "USD", "JPY", "CAD", "GBP", "TRY"];
const weights = { index: 1, setCurrency: 2, browseProduct: 10, addToCart: 2, viewCart: 3, checkout: 1 };
const nobodys = /^$/;
const SHOWN = 10;

type Task = keyof typeof weights;
const lots = Object.entries(weights).flatMap(([task, weight]) => Array<Task>(weight).fill(task as Task));

/** Does what the original's locust file does, so many times, and fails at nothing but a status of 400 or more. */
export async function runLoad({ url, seed, tasks, users = 4, unwantedCards = nobodys }: Load): Promise<LoadReport> {
  const done: Record<string, number> = {};
  const failures: string[] = [];
  const orders: string[] = [];
  let requests = 0;

  const user = async (chance: Chance, count: number) => {
    const browser = openBrowser(url, (method, path, problem) => {
      requests += 1;
      if (problem) failures.push(`${method} ${path}: ${problem}`);
    });
    const addToCart = async () => {
      const product_id = chance.pick(products.split(" "));
      await browser.get(`/product/${product_id}`);
      await browser.post("/cart", { product_id, quantity: String(chance.between(1, 10)) });
    };
    const steps: Record<Task, () => Promise<unknown>> = {
      index: () => browser.get("/"),
      setCurrency: () => browser.post("/setCurrency", { currency_code: chance.pick(currencies) }),
      browseProduct: () => browser.get(`/product/${chance.pick(products.split(" "))}`),
      addToCart,
      viewCart: () => browser.get("/cart"),
      checkout: async () => {
        await addToCart();
        const page = await browser.post("/cart/checkout", fillIn(chance, unwantedCards));
        if (page !== undefined) orders.push(page);
      },
    };
    await browser.get("/");
    for (let i = 0; i < count; i += 1) {
      const task = chance.pick(lots);
      done[task] = (done[task] ?? 0) + 1;
      await steps[task]();
    }
  };

  const share = Math.ceil(tasks / users);
  await Promise.all(Array.from({ length: users }, (_, i) => user(createChance(seed * 1_000 + i), share)));
  return { requests, tasks: done, failed: failures.length, failures: failures.slice(0, SHOWN), orders };
}
