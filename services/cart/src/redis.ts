import { RpcError } from "@boutique/rpc/error";
import type { Redis } from "ioredis";
import { type CartStore, lifetime, limits, type Outcome } from "./cart.ts";
import { createCount, prefix } from "./count.ts";
import { reasonOf } from "./reason.ts";

// A cart is a hash: product id -> "quantity:position". Redis forgets the order of a hash's fields once it is large,
// hence the position; lines only ever go all together, so that of a new one is the count of those before it.
// A script, since Redis runs nothing else meanwhile: two shoppers' windows never lose each other's change.
const addToCart = `
  local line = redis.call("HGET", KEYS[1], ARGV[1])
  local quantity, position = 0, redis.call("HLEN", KEYS[1])
  if line then quantity, position = string.match(line, "^(%d+):(%d+)$") end
  quantity = quantity + ARGV[2]
  if quantity > ${limits.quantity} then return "line full" end
  if not line and position >= ${limits.lines} then return "cart full" end
  redis.call("HSET", KEYS[1], ARGV[1], quantity .. ":" .. position)
  redis.call("PEXPIRE", KEYS[1], ${lifetime})
  return "added"`;

type WithScript = Redis & { addToCart(key: string, productId: string, quantity: number): Promise<Outcome> };

/** Carts in Redis, shared by all who use it. */
export function createRedisStore(redis: Redis): CartStore {
  redis.defineCommand("addToCart", { numberOfKeys: 1, lua: addToCart });
  return {
    get: async (userId) => {
      const lines = Object.entries(await orAway(redis.hgetall(keyOf(userId)))).map(([productId, line]) => {
        const [quantity = 0, position = 0] = line.split(":").map(Number);
        return { productId, quantity, position };
      });
      lines.sort((a, b) => a.position - b.position);
      return lines.map(({ productId, quantity }) => ({ productId, quantity }));
    },

    add: (userId, productId, quantity) => orAway((redis as WithScript).addToCart(keyOf(userId), productId, quantity)),

    empty: async (userId) => {
      await orAway(redis.del(keyOf(userId)));
    },

    count: createCount(redis),
  };
}

const keyOf = (userId: string) => `${prefix}${userId}`;

/** Whatever a store fails of, the caller learns that it is away; the log learns why. */
const orAway = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error) => {
    throw new RpcError("UNAVAILABLE", "the cart store is away", {
      cause: new Error(`Redis failed: ${reasonOf(error)}`),
    });
  });
