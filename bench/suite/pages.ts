import { randomUUID } from "node:crypto";
import { Client } from "undici";
import { checkoutForm } from "../../e2e/shopper.ts";
import type { MeasuredShop } from "./shop.ts";

/** What one page costs when one is asked for at a time. */
export interface PageFigures {
  readonly page: string;
  /** CPU milliseconds by process, and of all. */
  readonly cpu: Readonly<Record<string, number>>;
  readonly total: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Calls between services, by the shop's own metrics. */
  readonly calls: number;
  /** Bytes of the body. */
  readonly bytes: number;
  readonly failed: number;
}

type Send = (method: "GET" | "POST", path: string, shopper: string, form?: Record<string, string>) => Promise<Answer>;
interface Answer {
  readonly status: number;
  readonly bytes: number;
}

const first = { product_id: "OLJCESPC7Z", quantity: "1" };
const second = { product_id: "66VCHSJNUP", quantity: "2" };

/** The pages: what is asked for, and what each shopper has done before. */
const pages: Readonly<Record<string, { two?: boolean; ask: (send: Send, shopper: string) => Promise<Answer> }>> = {
  home: { ask: (send, shopper) => send("GET", "/", shopper) },
  product: { ask: (send, shopper) => send("GET", "/product/OLJCESPC7Z", shopper) },
  cart: { two: true, ask: (send, shopper) => send("GET", "/cart", shopper) },
  add: { ask: (send, shopper) => send("POST", "/cart", shopper, first) },
  checkout: { two: true, ask: (send, shopper) => send("POST", "/cart/checkout", shopper, checkoutForm) },
  currency: { ask: (send, shopper) => send("POST", "/setCurrency", shopper, { currency_code: "EUR" }) },
};

const AT_ONCE = 8;

/**
 * Asks for each page so many times, one after the other, each time as another shopper who pays in euros; redirects are
 * not followed, carts have two products. CPU is the processes' own, from the operating system.
 */
export async function measurePages(shop: MeasuredShop, times: number): Promise<PageFigures[]> {
  const client = new Client(shop.url);
  const send: Send = async (method, path, shopper, form) => {
    const { statusCode, body } = await client.request({
      method,
      path,
      headers: {
        cookie: `shop_session-id=${shopper}; shop_currency=EUR`,
        baggage: "synthetic_request=true",
        ...(form && { "content-type": "application/x-www-form-urlencoded" }),
      },
      ...(form && { body: new URLSearchParams(form).toString() }),
    });
    return { status: statusCode, bytes: (await body.arrayBuffer()).byteLength };
  };

  const measure = async (page: string): Promise<PageFigures> => {
    const { two, ask } = pages[page] as (typeof pages)[string];
    const shoppers = Array.from({ length: times }, () => randomUUID());
    if (two) {
      for (let at = 0; at < times; at += AT_ONCE) {
        const some = shoppers.slice(at, at + AT_ONCE);
        await Promise.all(some.map((shopper) => send("POST", "/cart", shopper, first)));
        await Promise.all(some.map((shopper) => send("POST", "/cart", shopper, second)));
      }
    }
    // What is fetched once every few seconds is fetched before, as it is in a shop that is busy.
    await send("GET", "/", randomUUID());
    const calls = await callsIn(shop);
    const before = shop.cpu();
    const took: number[] = [];
    let bytes = 0;
    let failed = 0;
    for (const shopper of shoppers) {
      const since = performance.now();
      const answer = await ask(send, shopper);
      took.push(performance.now() - since);
      bytes += answer.bytes;
      if (answer.status >= 400) failed += 1;
    }
    const after = shop.cpu();
    const cpu = Object.fromEntries(
      [...after].map(([name, seconds]) => [name, ((seconds - (before.get(name) ?? 0)) * 1_000) / times]),
    );
    took.sort((a, b) => a - b);
    return {
      page,
      cpu,
      total: Object.values(cpu).reduce((sum, ms) => sum + ms, 0),
      p50: took[Math.floor(times * 0.5)] ?? 0,
      p99: took[Math.floor(times * 0.99)] ?? 0,
      calls: ((await callsIn(shop)) - calls) / times,
      bytes: Math.round(bytes / times),
      failed,
    };
  };

  const figures: PageFigures[] = [];
  for (const page of Object.keys(pages)) figures.push(await measure(page));
  await client.close();
  return figures;
}

const SERVICES = 10;

/** How many calls were begun so far, by those who made them. */
async function callsIn({ port }: MeasuredShop): Promise<number> {
  const ports = Array.from({ length: SERVICES }, (_, place) => port + 1 + SERVICES + place);
  const texts = await Promise.all(ports.map(async (at) => (await fetch(`http://127.0.0.1:${at}/metrics`)).text()));
  const counts = texts.flatMap((text) => [...text.matchAll(/^grpc_client_started_total\{.*\} (\d+)$/gm)]);
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}
