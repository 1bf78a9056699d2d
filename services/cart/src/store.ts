import type { Setting, Settings } from "@boutique/runtime/settings";
import type { Dependency } from "@boutique/runtime/start";
import { type Opener, openRedis } from "@boutique/store/open";
import { redisAddress } from "@boutique/store/redis-address";
import { type CartStore, limits } from "./cart.ts";
import { createMemoryStore } from "./memory.ts";
import { createRedisStore } from "./redis.ts";

// Below it, one shopper's full cart would have no room even alone.
const lines = (fallback: number, about: string): Setting<number> => ({
  fallback,
  about,
  kind: `a whole number of at least ${limits.lines}`,
  parse: (text) => (/^\d{1,9}$/.test(text) && Number(text) >= limits.lines ? Number(text) : undefined),
});

/** What the cart can be told of its store. */
export const storeSettings = {
  REDIS_ADDR: redisAddress("The Redis that keeps the carts; without one they are kept in this process."),
  // Measured: a line takes 60 to 640 bytes, the most when it is alone in its cart and all ids are as long as they may be.
  CART_MEMORY_MAX: lines(
    60_000,
    "How many lines (not carts) are kept without Redis, of all carts together; the cart longest untouched goes first.",
  ),
};

/** The store that the settings ask for, and what of it can be away. */
export async function openStore(
  app: Opener & { readonly settings: Settings<typeof storeSettings> },
): Promise<{ store: CartStore; dependencies: readonly Dependency[] }> {
  const { REDIS_ADDR: address, CART_MEMORY_MAX: max } = app.settings;
  if (!address) {
    app.log.info({ store: "memory", max }, "carts are kept in memory: of this process alone, lost when it ends");
    return { store: createMemoryStore(max), dependencies: [] };
  }
  const { redis, dependency } = await openRedis(app, address, { store: "the cart store", things: "carts" });
  return { store: createRedisStore(redis), dependencies: [dependency] };
}
