import { setTimeout as sleep } from "node:timers/promises";
import { createShopper } from "../shopper.ts";
import { type Answer, ask, orderForm, receiptIn } from "./purchase.ts";

/** What a crowd has seen. */
export interface Seen {
  requests: number;
  orders: number;
  /** Requests that were not answered as they should be, in words. */
  readonly failures: string[];
}

const products = ["6E92ZMYYFZ", "66VCHSJNUP", "OLJCESPC7Z", "L9ECAV7KIM"];

/** One in so many shoppers buys; the others look around. */
const BUYS = 4;
const PAGES = 6;

/**
 * Sends shoppers into a shop at so many pages a second, one after the other whether it answers or not, until it is told to
 * stop; resolves once the last has gone.
 */
export function sendCrowd(url: string, pagesPerSecond: number) {
  const seen: Seen = { requests: 0, orders: 0, failures: [] };
  const inside = new Set<Promise<void>>();
  let sent = 0;
  let stopped = false;

  const visit = async (number: number) => {
    const shopper = createShopper(url);
    const expect = async (what: string, status: number, question: () => ReturnType<typeof shopper.get>) => {
      const answer: Answer = await ask(question);
      seen.requests += 1;
      if (answer.status !== status) seen.failures.push(`${what}: ${answer.status} ${inShort(answer.text)}`);
      return answer;
    };
    const product = products[number % products.length] as string;
    await expect("home", 200, () => shopper.get("/"));
    await expect("product", 200, () => shopper.get(`/product/${product}`));
    if (number % BUYS > 0) {
      await expect("search", 200, () => shopper.get("/search?q=kitchen"));
      await expect("another product", 200, () => shopper.get(`/product/${products[(number + 1) % products.length]}`));
      await expect("cart", 200, () => shopper.get("/cart"));
      await expect("home again", 200, () => shopper.get("/"));
      return;
    }
    await expect("add", 302, () => shopper.post("/cart", { product_id: product, quantity: "1" }));
    const { text } = await expect("cart", 200, () => shopper.get("/cart"));
    const placed = await expect("order", 200, () => shopper.post("/cart/checkout", orderForm(text)));
    if (receiptIn(placed.text)) seen.orders += 1;
    await expect("orders", 200, () => shopper.get("/orders"));
  };

  const sending = (async () => {
    const since = performance.now();
    while (!stopped) {
      const due = since + (sent * PAGES * 1_000) / pagesPerSecond;
      await sleep(Math.max(0, due - performance.now()));
      const work = visit(sent++).finally(() => inside.delete(work));
      inside.add(work);
    }
  })();
  return {
    seen,
    async stop(): Promise<Seen> {
      stopped = true;
      await sending;
      await Promise.all(inside);
      return seen;
    },
  };
}

/** What a page that should not have come says: its words without their marks. */
const inShort = (page: string) =>
  page
    .replace(/^.*<main[^>]*>/s, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 120);
