import { RpcError } from "@boutique/rpc/error";
import { recordBusiness } from "@boutique/testkit/business";
import { redisFor } from "@boutique/testkit/redis";
import { overTheWire } from "@boutique/testkit/wire";
import { expect, it } from "vitest";
import { createMemoryStore } from "../src/memory.ts";
import { createRedisStore } from "../src/redis.ts";
import { createCart } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";
import { cartOn } from "./stores.ts";

const userId = "7b1f8a52-3c1e-4c55-9a57-2f0a1c6f2f11";
const MINUTES = 60_000;

async function openCart(store = createMemoryStore(1_000)) {
  const recorded = recordBusiness();
  const cart = await overTheWire("cart", createCart(store, createSignals(recorded.business, store.count)));
  return { ...recorded, cart };
}
const add = (productId: string, quantity: number, user = userId) => ({ userId: user, item: { productId, quantity } });

it("every five minutes there is a report of what was done with carts (original: a line of text at the next event)", async () => {
  const { cart, lines, pass } = await openCart();
  await cart.addItem(add("OLJCESPC7Z", 2));
  await cart.addItem(add("66VCHSJNUP", 3, "another"));
  await cart.addItem(add("66VCHSJNUP", 1));
  await cart.getCart({ userId });
  await cart.emptyCart({ userId });
  expect(lines("cart_stats_summary")).toEqual([]);

  pass(5 * MINUTES);

  expect(lines("cart_stats_summary")).toEqual([
    {
      event: "cart_stats_summary",
      schema: 1,
      synthetic: false,
      window_s: 300,
      ended_by: "time",
      views: 1,
      additions: 3,
      empties: 1,
      items_added: 6,
      errors: {},
      unique_users: 2,
      top_products: [
        { name: "66VCHSJNUP", count: 4 },
        { name: "OLJCESPC7Z", count: 2 },
      ],
      message: "What was done with carts.",
    },
  ]);
});

it("a window begins at nothing again, and one in which nothing was done is not reported", async () => {
  const { cart, lines, pass } = await openCart();
  await cart.addItem(add("OLJCESPC7Z", 2));
  pass(10 * MINUTES);
  expect(lines("cart_stats_summary")).toHaveLength(1);

  await cart.getCart({ userId });
  pass(5 * MINUTES);

  expect(lines("cart_stats_summary")).toHaveLength(2);
  expect(lines("cart_stats_summary")[1]).toMatchObject({ views: 1, additions: 0, items_added: 0, top_products: [] });
});

it("a look at more than 10 pieces is an event, whose user nobody can name (original: the raw id)", async () => {
  const { cart, lines } = await openCart();
  await cart.addItem(add("OLJCESPC7Z", 5));
  await cart.addItem(add("66VCHSJNUP", 5));
  await cart.getCart({ userId });
  expect(lines("large_cart_view")).toEqual([]);

  await cart.addItem(add("66VCHSJNUP", 1));
  await cart.getCart({ userId });

  const [event] = lines("large_cart_view");
  expect(event).toMatchObject({ schema: 1, total_items: 11 });
  expect(event?.user_id).toMatch(/^[0-9a-f]{16}$/);
  expect(event?.cart_id).toMatch(/^[0-9a-f]{16}$/);
});

it("more than 5 of one product at once are an event", async () => {
  const { cart, lines } = await openCart();
  await cart.addItem(add("OLJCESPC7Z", 5));
  expect(lines("large_quantity_addition")).toEqual([]);

  await cart.addItem(add("OLJCESPC7Z", 6));

  expect(lines("large_quantity_addition")).toMatchObject([{ product_id: "OLJCESPC7Z", quantity: 6 }]);
});

it("operations that fail are events, one a second at most, and counted all", async () => {
  const away = () => Promise.reject(new RpcError("UNAVAILABLE", "the cart store is away"));
  const { cart, lines, pass, metrics } = await openCart({ ...createMemoryStore(1), add: away, get: away, empty: away });
  const fail = (work: Promise<unknown>) => expect(work).rejects.toThrow("away");

  await fail(cart.addItem(add("OLJCESPC7Z", 1)));
  await fail(cart.addItem(add("OLJCESPC7Z", 1)));
  await fail(cart.emptyCart({ userId }));
  await fail(cart.getCart({ userId }));
  pass(1_000);
  await fail(cart.addItem(add("OLJCESPC7Z", 1)));

  expect(lines("add_item_error")).toMatchObject([{ reason: "UNAVAILABLE" }, { reason: "UNAVAILABLE", omitted: 1 }]);
  expect(lines("empty_cart_error")).toHaveLength(1);
  expect(lines("get_cart_error")).toHaveLength(1);
  expect(await metrics()).toContain('cart_operation_errors_total{operation="add_item",synthetic="false"} 3');
});

it("what is refused is no event", async () => {
  const { cart, lines, pass } = await openCart();

  await expect(cart.addItem(add("OLJCESPC7Z", 10_000))).rejects.toThrow("at most");

  pass(5 * MINUTES);
  expect(lines("add_item_error")).toEqual([]);
  expect(lines("cart_stats_summary")).toEqual([]);
});

it("the metrics say the same as the report", async () => {
  const { cart, metrics } = await openCart();
  await cart.addItem(add("OLJCESPC7Z", 2));
  await cart.getCart({ userId });

  const text = await metrics();
  expect(text).toContain('cart_items_added_total{product_id="OLJCESPC7Z",synthetic="false"} 2');
  expect(text).toContain('cart_views_total{synthetic="false"} 1');
  expect(text).toContain('cart_size_items_bucket{le="2",synthetic="false"} 1');
  expect(text).toContain('cart_size_items_bucket{le="1",synthetic="false"} 0');
  expect(text).toContain("carts_active 1");
});

it("carts in Redis are counted as carts, whatever else is in it (original: all keys)", async (context) => {
  const { store, redis } = await cartOn(await redisFor(context));
  await redis.set("order:1", "not a cart");
  for (let shopper = 0; shopper < 2_500; shopper++) await store.add(`shopper-${shopper}`, "OLJCESPC7Z", 1);

  expect(await store.count()).toBe(2_500);

  await store.empty("shopper-1");
  expect(await createRedisStore(redis).count()).toBe(2_499);
});

it("what a stranger calls a product is told only as far as it cannot be somebody's card", async () => {
  const { cart, lines, pass, metrics } = await openCart();

  await cart.addItem(add("4432801561520454", 6));
  pass(5 * MINUTES);

  expect(
    JSON.stringify([lines("large_quantity_addition"), lines("cart_stats_summary"), await metrics()]),
  ).not.toContain("4432801561520454");
  expect(lines("cart_stats_summary")).toMatchObject([{ top_products: [{ name: "[number]", count: 6 }] }]);
});
