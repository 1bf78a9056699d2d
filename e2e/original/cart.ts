import type { Message } from "@boutique/contract/proto";
import { status } from "@grpc/grpc-js";
import { type Answers, fail } from "./wire.ts";

type Cart = Message<"Cart">;

/** Where the original keeps its carts, which a test can take away. */
export interface CartStorage {
  /** How many calls from now on find nothing there. */
  away: number;
}

/**
 * The original's cart service: it checks nothing, and forgets whose cart it was when it is emptied. When its storage is
 * away it says so with FAILED_PRECONDITION, and shows its callers where it was in its code.
 */
export function createCart(storage: CartStorage = { away: 0 }): Answers<"cart"> {
  const carts = new Map<string, Cart>();
  const open = () => {
    if (storage.away === 0) return carts;
    storage.away -= 1;
    const trace =
      "RedisConnectionException: no connection to redis-cart:6379\n   at cartservice.cartstore.GetCartAsync()";
    return fail(status.FAILED_PRECONDITION, `The carts cannot be reached. ${trace}`);
  };
  return {
    addItem: ({ userId, item }) => {
      if (!item) throw new Error("Object reference not set.");
      const cart = open().get(userId) ?? { userId, items: [] };
      const line = cart.items.find(({ productId }) => productId === item.productId);
      if (line) line.quantity = (line.quantity + item.quantity) | 0;
      else cart.items.push({ ...item });
      carts.set(userId, cart);
      return {};
    },

    getCart: ({ userId }) => open().get(userId) ?? { userId: "", items: [] },

    emptyCart: ({ userId }) => {
      open().set(userId, { userId: "", items: [] });
      return {};
    },
  };
}
