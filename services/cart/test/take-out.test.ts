import type { Client } from "@boutique/contract/topology";
import { recordBusiness } from "@boutique/testkit/business";
import { redisFor } from "@boutique/testkit/redis";
import { overTheWire } from "@boutique/testkit/wire";
import { describe, expect, it } from "vitest";
import { createMemoryStore } from "../src/memory.ts";
import { createCart } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";
import { cartOn, kinds, serveCart, until } from "./stores.ts";

const userId = "7b1f8a52-3c1e-4c55-9a57-2f0a1c6f2f11";
const idempotencyKey = "b1946ac9-2af3-4d1b-8cbe-aabbccddeeff";
const line = (productId: string, quantity: number) => ({ productId, quantity });
const [mugs, hats, caps] = [line("MUG", 3), line("HAT", 2), line("CAP", 1)];

async function fill(cart: Client<"cart">, ...items: ReturnType<typeof line>[]) {
  for (const item of items) await cart.addItem({ userId, item });
}
const itemsOf = async (cart: Client<"cart">) => (await cart.getCart({ userId })).items;

describe.each(kinds)("taking out by a key, of a cart in %s,", (_, open) => {
  it("takes so many of those lines and leaves what came since, once", async (context) => {
    const cart = await open(context);
    await fill(cart, mugs, hats);
    const order = { userId, items: [mugs, hats], idempotencyKey };
    await fill(cart, line("MUG", 4), caps);

    await cart.emptyCart(order);
    expect(await itemsOf(cart)).toEqual([line("MUG", 4), caps]);

    await cart.emptyCart(order);
    await cart.emptyCart({ ...order, items: [caps] });
    await cart.emptyCart({ userId, idempotencyKey });
    expect(await itemsOf(cart)).toEqual([line("MUG", 4), caps]);
  });

  it("takes everything out where no line is named, once", async (context) => {
    const cart = await open(context);
    await fill(cart, mugs, hats);
    await cart.emptyCart({ userId, idempotencyKey });
    expect(await itemsOf(cart)).toEqual([]);

    await fill(cart, caps);
    await cart.emptyCart({ userId, idempotencyKey });
    expect(await itemsOf(cart)).toEqual([caps]);
  });

  it("takes no line below zero, and minds none that is not there", async (context) => {
    const cart = await open(context);
    await fill(cart, mugs, hats);

    await cart.emptyCart({ userId, items: [line("MUG", 2 ** 31 - 1), caps, line("__proto__", 1)], idempotencyKey });
    expect(await itemsOf(cart)).toEqual([hats]);

    await cart.emptyCart({ userId, items: [line("HAT", 1), line("HAT", 1)], idempotencyKey: "order-2" });
    await cart.emptyCart({ userId, items: [hats], idempotencyKey: "order-3" });
    expect(await itemsOf(cart)).toEqual([]);
    await fill(cart, line("HAT", 1));
    expect(await itemsOf(cart)).toEqual([line("HAT", 1)]);
  });

  it("is one shopper's affair: the same key of another takes out theirs", async (context) => {
    const cart = await open(context);
    for (const userId of ["a", "a b"]) await cart.addItem({ userId, item: mugs });

    await cart.emptyCart({ userId: "a", items: [mugs], idempotencyKey });
    await cart.emptyCart({ userId: "a b", items: [line("MUG", 1)], idempotencyKey });

    expect((await cart.getCart({ userId: "a" })).items).toEqual([]);
    expect((await cart.getCart({ userId: "a b" })).items).toEqual([line("MUG", 2)]);
  });

  it("keeps the order of lines, and puts a new one after all others", async (context) => {
    const cart = await open(context);
    await fill(cart, mugs, hats, caps);

    await cart.emptyCart({ userId, items: [mugs, line("HAT", 1)], idempotencyKey });
    await fill(cart, line("TIE", 1), mugs, line("HAT", 5));

    expect(await itemsOf(cart)).toEqual([line("HAT", 6), caps, line("TIE", 1), mugs]);
  });

  it("is done once when it is asked for fifty times at once, and loses nothing that is added meanwhile", async (context) => {
    const cart = await open(context);
    await fill(cart, line("MUG", 100));

    const asked = Array.from({ length: 50 }, () => cart.emptyCart({ userId, items: [mugs], idempotencyKey }));
    const added = Array.from({ length: 50 }, () => cart.addItem({ userId, item: line("MUG", 1) }));
    await Promise.all([...asked, ...added]);

    expect(await itemsOf(cart)).toEqual([line("MUG", 147)]);
  });

  it("does as one would by hand, whatever is added and taken out in which order", async (context) => {
    const cart = await open(context);
    const byHand = new Map<string, number>();
    // The same numbers each time: a failure can be looked into.
    let seed = 42;
    const next = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };

    for (let step = 0; step < 300; step++) {
      const items = Array.from({ length: 1 + next(3) }, () => line(`P${next(6)}`, 1 + next(5)));
      const isOrder = next(2) === 0;
      if (isOrder) await cart.emptyCart({ userId, items, idempotencyKey: `order-${step}` });
      else await fill(cart, ...items);
      for (const { productId, quantity } of items) {
        const now = (byHand.get(productId) ?? 0) + (isOrder ? -quantity : quantity);
        if (now > 0) byHand.set(productId, now);
        else byHand.delete(productId);
      }
      expect(await itemsOf(cart)).toEqual(Array.from(byHand, ([productId, quantity]) => line(productId, quantity)));
    }
  });
});

it.each([
  ["items without a key", { items: [mugs] }, "idempotency_key: is missing, which items cannot do without"],
  ["a key that is none", { idempotencyKey: "an order" }, "idempotency_key: must be at most 128 letters"],
  ["no product", { items: [mugs, line("", 1)], idempotencyKey }, "items[1].product_id is not 1 to 64 letters"],
  ["no quantity", { items: [line("MUG", 0)], idempotencyKey }, "items[0].quantity is 0: must be at least 1"],
  ["501 lines", { items: Array(501).fill(mugs), idempotencyKey }, "items are 501: a cart holds at most 500"],
])("%s are refused and take nothing out", async (_, change, details) => {
  const cart = await overTheWire("cart", serveCart(createMemoryStore(1_000)));
  await fill(cart, mugs);

  await expect(cart.emptyCart({ userId, ...change })).rejects.toThrow(`INVALID_ARGUMENT: ${details}`);

  expect(await itemsOf(cart)).toEqual([mugs]);
  await cart.emptyCart({ userId, items: [mugs], idempotencyKey });
  expect(await itemsOf(cart)).toEqual([]);
});

it("a cart is emptied once in the figures, however often it was asked for by one key", async () => {
  const { business, metrics } = recordBusiness();
  const store = createMemoryStore(1_000);
  const cart = await overTheWire("cart", createCart(store, createSignals(business, store.count)));
  await fill(cart, mugs, hats);

  for (let i = 0; i < 3; i++) await cart.emptyCart({ userId, items: [mugs], idempotencyKey });
  await cart.emptyCart({ userId });

  expect(await metrics()).toContain('cart_empties_total{synthetic="false"} 2\n');
});

it("what was taken out of a cart in memory is known for seven days, and its lines are counted no more", async () => {
  let now = 0;
  const store = createMemoryStore(3, () => now);
  await store.add("ann", "MUG", 3);
  await store.add("ann", "HAT", 1);
  expect(await store.takeOut("ann", [mugs], "order-1")).toBe(true);
  await store.add("bob", "MUG", 1);
  await store.add("bob", "HAT", 1);
  expect(await store.get("ann")).toEqual([line("HAT", 1)]);

  now = 7 * 24 * 3_600_000 - 1;
  expect(await store.takeOut("ann", [], "order-1")).toBe(false);
  now += 1;
  expect(await store.takeOut("ann", [], "order-1")).toBe(true);
  expect(await store.count()).toBe(0);
});

describe("what is in Redis", () => {
  it("is nothing of a cart once all was taken out, and for seven days that it was", async (context) => {
    const { cart, redis, store } = await cartOn(await redisFor(context));
    await fill(cart, mugs, hats);

    await cart.emptyCart({ userId, items: [mugs, hats], idempotencyKey });

    const record = `cart-taken:${idempotencyKey} ${userId}`;
    expect((await redis.keys("*")).toSorted()).toEqual(["cart-taken", record]);
    const week = 7 * 24 * 3_600;
    expect(await redis.ttl(record)).toBeGreaterThan(week - 60);
    expect(await redis.ttl(record)).toBeLessThanOrEqual(week);
    expect(await store.count()).toBe(0);
  });

  it("is kept for seven days more by what is taken out, which is a change", async (context) => {
    const { cart, redis } = await cartOn(await redisFor(context));
    await fill(cart, mugs, hats);
    await redis.pexpire(`cart:${userId}`, 5_000);

    await cart.emptyCart({ userId, items: [mugs], idempotencyKey });

    expect(await redis.ttl(`cart:${userId}`)).toBeGreaterThan(7 * 24 * 3_600 - 60);
  });

  it("is taken out once for all who use it, across a crash of Redis that keeps a log", async (context) => {
    const server = await redisFor(context, "--appendonly", "yes", "--appendfsync", "always");
    const [here, there] = [await cartOn(server), await cartOn(server)];
    const order = { userId, items: [mugs], idempotencyKey };
    await fill(here.cart, line("MUG", 10));
    await here.cart.emptyCart(order);

    await server.kill();
    await Promise.all([until(here.dependency, false), until(there.dependency, false)]);
    await expect(there.cart.emptyCart(order)).rejects.toThrow("UNAVAILABLE: the cart store is away");
    await server.start();
    await Promise.all([until(here.dependency, true), until(there.dependency, true)]);
    await Promise.all([here.cart.emptyCart(order), there.cart.emptyCart(order)]);

    expect(await itemsOf(there.cart)).toEqual([line("MUG", 7)]);
  });
});
