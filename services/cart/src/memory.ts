import { createMemoryRecords } from "@boutique/store/memory-records";
import { type CartStore, lifetime, limits } from "./cart.ts";

interface Kept {
  readonly lines: Map<string, number>;
  readonly until: number;
}

/**
 * Carts in this process, with at most so many lines in all, which is what they cost memory by: the cart that was left
 * alone the longest goes first.
 */
export function createMemoryStore(max: number, now: () => number = Date.now): CartStore {
  // In the order of their last change, and so in that of their expiry.
  const carts = new Map<string, Kept>();
  let held = 0;
  const taken = createMemoryRecords<true>({ now });

  const drop = (userId: string) => {
    held -= carts.get(userId)?.lines.size ?? 0;
    carts.delete(userId);
  };

  const put = (userId: string, lines: Map<string, number>) => {
    drop(userId);
    if (lines.size > 0) carts.set(userId, { lines, until: now() + lifetime });
    held += lines.size;
  };
  const dropOld = () => {
    for (const [userId, { until }] of carts) {
      if (until > now() && held <= max) return;
      drop(userId);
    }
  };
  const linesOf = (userId: string) => {
    const cart = carts.get(userId);
    return cart && cart.until > now() ? cart.lines : new Map<string, number>();
  };

  return {
    get: async (userId) => Array.from(linesOf(userId), ([productId, quantity]) => ({ productId, quantity })),

    add: async (userId, productId, quantity) => {
      const lines = linesOf(userId);
      const total = (lines.get(productId) ?? 0) + quantity;
      if (total > limits.quantity) return "line full";
      if (lines.size >= limits.lines && !lines.has(productId)) return "cart full";
      put(userId, new Map(lines).set(productId, total));
      dropOld();
      return "added";
    },

    empty: async (userId) => drop(userId),

    takeOut: async (userId, items, key) => {
      if (!(await taken.keep(`${key} ${userId}`, true)).first) return false;
      const lines = new Map(items.length > 0 ? linesOf(userId) : []);
      for (const { productId, quantity } of items) {
        const left = (lines.get(productId) ?? 0) - quantity;
        if (left > 0) lines.set(productId, left);
        else lines.delete(productId);
      }
      put(userId, lines);
      return true;
    },

    count: async () => {
      dropOld();
      return carts.size;
    },
  };
}
