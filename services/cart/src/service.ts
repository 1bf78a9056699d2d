import type { Handlers } from "@boutique/contract/topology";
import { codeOf, RpcError } from "@boutique/rpc/error";
import { checkOptionalKey } from "@boutique/store/key";
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
      const { productId, quantity } = checkItem(item, "item");
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

    emptyCart: async ({ userId, items, idempotencyKey: key }) => {
      checkUser(userId);
      checkOptionalKey(key);
      if (items.length > limits.lines) throw invalid(`items are ${items.length}: a cart holds at most ${limits.lines}`);
      const lines = items.map((item, i) => checkItem(item, `items[${i}]`));
      // Without it a call that is repeated, as calls are that may be, would take them out again.
      if (key === "" && lines.length > 0) throw invalid("idempotency_key: is missing, which items cannot do without");
      const done = key === "" ? store.empty(userId).then(() => true) : store.takeOut(userId, lines, key);
      if (await orSay("empty_cart", userId, done)) signals.emptied(userId);
      return {};
    },
  };
};

const invalid = (details: string) => new RpcError("INVALID_ARGUMENT", details);

function checkUser(userId: string): void {
  if (userId === "") throw invalid("user_id is missing");
  if (userId.length > 128) throw invalid(`user_id has ${userId.length} characters: at most 128`);
}

function checkItem(item: Line | null, field: string): Line {
  if (!item) throw invalid(`${field} is missing`);
  const { productId, quantity } = item;
  if (!/^[\w-]{1,64}$/.test(productId)) throw invalid(`${field}.product_id is not 1 to 64 letters, digits, _ or -`);
  if (quantity < 1) throw invalid(`${field}.quantity is ${quantity}: must be at least 1`);
  return item;
}
