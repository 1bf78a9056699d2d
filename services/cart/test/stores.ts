import type { Client } from "@boutique/contract/topology";
import type { Dependency } from "@boutique/runtime/start";
import { connectRedis } from "@boutique/store/connection";
import type { RedisAddress } from "@boutique/store/redis-address";
import { recordBusiness } from "@boutique/testkit/business";
import { redisFor } from "@boutique/testkit/redis";
import { overTheWire } from "@boutique/testkit/wire";
import { onTestFinished, type TestContext } from "vitest";
import type { CartStore } from "../src/cart.ts";
import { createMemoryStore } from "../src/memory.ts";
import { createRedisStore } from "../src/redis.ts";
import { createCart } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";

/** A cart service on a store, which says its business to nobody. */
export const serveCart = (store: CartStore) => createCart(store, createSignals(recordBusiness().business, store.count));

/** A cart service for each kind of store, and a Redis of its own for the one that needs it. */
export const kinds: [string, (context: TestContext) => Promise<Client<"cart">>][] = [
  ["memory", () => overTheWire("cart", serveCart(createMemoryStore(1_000)))],
  // Redis keeps the order of a small hash by chance; here none is small.
  ["Redis", async (context) => (await cartOn(await redisFor(context, "--hash-max-listpack-entries", "1"))).cart],
];

/** A cart service on a Redis, once it says that it is ready; with its connection and what it logged. */
export async function cartOn({ port }: { port: number }, address: Partial<RedisAddress> = {}) {
  const opened = openCart({ port }, address);
  await until(opened.dependency, true);
  const store = createRedisStore(opened.redis);
  return { ...opened, store, cart: await overTheWire("cart", serveCart(store)) };
}

/** A connection as the service makes it, closed with the test, and the log lines that it writes. */
export function openCart({ port }: { port: number }, address: Partial<RedisAddress> = {}) {
  const lines: { level: string; words: string; reason?: string }[] = [];
  const { redis, dependency } = connectRedis(
    { host: "127.0.0.1", port, db: 0, tls: false, ...address },
    "the cart store",
    {
      info: (fields, words) => lines.push({ level: "info", words, ...fields }),
      warn: (fields, words) => lines.push({ level: "warn", words, ...fields }),
    },
  );
  onTestFinished(() => dependency.close());
  return { redis, dependency, lines };
}

/** Resolves when a dependency is, or comes to be, ready or not. */
export const until = (dependency: Dependency, ready: boolean) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (dependency.ready() === ready) resolve();
    };
    dependency.watch(look);
    look();
  });
