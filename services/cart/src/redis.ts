import { orAway as orStoreAway } from "@boutique/store/reason";
import type { Redis } from "ioredis";
import type { CartStore } from "./cart.ts";
import { createCount, prefix } from "./count.ts";
import { withScripts } from "./scripts.ts";

/** Carts in Redis, shared by all who use it. */
export function createRedisStore(client: Redis): CartStore {
  const redis = withScripts(client);
  return {
    get: async (userId) => {
      const lines = Object.entries(await orAway(redis.hgetall(keyOf(userId)))).map(([productId, line]) => {
        const [quantity = 0, position = 0] = line.split(":").map(Number);
        return { productId, quantity, position };
      });
      lines.sort((a, b) => a.position - b.position);
      return lines.map(({ productId, quantity }) => ({ productId, quantity }));
    },

    add: (userId, productId, quantity) => orAway(redis.addToCart(keyOf(userId), productId, quantity)),

    empty: async (userId) => {
      await orAway(redis.del(keyOf(userId)));
    },

    takeOut: async (userId, lines, key) => {
      const pairs = lines.flatMap(({ productId, quantity }) => [productId, quantity]);
      const record = `${taken}:${key} ${userId}`; // A key has no space.
      return (await orAway(redis.takeOut(keyOf(userId), record, taken, ...pairs))) === 1;
    },

    count: createCount(redis),
  };
}

// Not the prefix of carts, by which those are counted.
const taken = "cart-taken";

const keyOf = (userId: string) => `${prefix}${userId}`;

const orAway = <T>(answer: Promise<T>) => orStoreAway("the cart store", answer);
