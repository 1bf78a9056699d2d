import type { Handlers } from "@boutique/contract/topology";
import { codeOf, RpcError } from "@boutique/rpc/error";
import { type CartStore, type Line, limits } from "./cart.ts";
import type { Operation, Signals } from "./signals.ts";

/** Keeps what each shopper means to buy. */
export const createCart = (store: CartStore, signals: Signals): Handlers<"cart"> => {
  /** What a store did, or an event that it could not. */
  const orSay = <T>(operation: Operation, userId: string, work: Promise<T>) =>
    work.catch((error) => {
      signals.failed(operation, userId, codeOf(error));
      throw error;
    });
  return {
    addItem: async ({ userId, item }) => {
      checkUser(userId);
      const { productId, quantity } = checkItem(item);
      const outcome = await orSay("add_item", userId, store.add(userId, productId, quantity));
      if (outcome === "line full")
        throw invalid(`item.quantity is ${quantity}: a line holds at most ${limits.quantity}`);
      // Of the same code as a full line, since the shopper mends both alike: by buying less.
      if (outcome === "cart full") throw invalid(`item.product_id: a cart holds at most ${limits.lines} lines`);
      signals.added(userId, { productId, quantity });
      return {};
    },

    getCart: async ({ userId }) => {
      checkUser(userId);
      const items = await orSay("get_cart", userId, store.get(userId));
      signals.viewed(userId, items);
      return { userId, items };
    },

    emptyCart: async ({ userId }) => {
      checkUser(userId);
      await orSay("empty_cart", userId, store.empty(userId));
      signals.emptied(userId);
      return {};
    },
  };
};

const invalid = (details: string) => new RpcError("INVALID_ARGUMENT", details);

function checkUser(userId: string): void {
  if (userId === "") throw invalid("user_id is missing");
  if (userId.length > 128) throw invalid(`user_id has ${userId.length} characters: at most 128`);
}

function checkItem(item: Line | null): Line {
  if (!item) throw invalid("item is missing");
  if (!/^[\w-]{1,64}$/.test(item.productId)) throw invalid("item.product_id is not 1 to 64 letters, digits, _ or -");
  if (item.quantity < 1) throw invalid(`item.quantity is ${item.quantity}: must be at least 1`);
  return item;
}
