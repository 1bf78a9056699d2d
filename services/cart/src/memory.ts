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

  const drop = (userId: string) => {
    held -= carts.get(userId)?.lines.size ?? 0;
    carts.delete(userId);
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
      drop(userId);
      lines.set(productId, total);
      carts.set(userId, { lines, until: now() + lifetime });
      held += lines.size;
      dropOld();
      return "added";
    },

    empty: async (userId) => drop(userId),

    count: async () => {
      dropOld();
      return carts.size;
    },
  };
}
