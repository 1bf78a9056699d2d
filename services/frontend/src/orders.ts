import { failedWith, RpcError } from "@boutique/rpc/error";
import { type CreateCard, recommended } from "./cards.ts";
import { toldOf } from "./not-ordered.ts";
import { type Page, problem } from "./page.ts";
import type { Receipt, ReceiptOf } from "./receipt.ts";
import type { Shop } from "./shop.ts";

/** How many products of an order the list shows pictures of. */
const MOST_PICTURES = 4;

/** The orders of a shopper: all of them, and each by itself. */
export function createOrders(shop: Shop, card: CreateCard, receiptOf: ReceiptOf) {
  const { checkout } = shop.services;
  /** Names and pictures, of which a process that has just started knows none; the orders are shown without them too. */
  const getToKnow = () => shop.shelves.all().catch(() => []);

  const list: Page = async ({ userId }) => {
    const [answer, cartCount] = await Promise.all([
      checkout.listOrders({ userId }).catch(noneIfUnknown),
      shop.cartCount(userId),
      getToKnow(),
    ]);
    const orders = answer?.orders.map(receiptOf).map(shortened);
    return { view: "orders", title: "Your orders", data: { orders, kept: answer !== undefined, cartCount } };
  };

  const one: Page = async ({ userId, params: { id: orderId = "" } }) => {
    const [placed, cartCount, recommendations] = await Promise.all([
      checkout.getOrder({ orderId, userId }).catch((error: RpcError) => error),
      shop.cartCount(userId),
      getToKnow().then(() => shop.recommendations(userId, [])),
    ]);
    if (placed instanceof Error) {
      // What an order came to may have any code, even this one.
      const told = placed instanceof RpcError && toldOf(placed);
      if (told) return told;
      if (failedWith(placed, "NOT_FOUND", "INVALID_ARGUMENT", "UNIMPLEMENTED")) return noSuchOrder();
      throw placed;
    }
    const receipt = receiptOf(placed);
    return {
      view: "order",
      title: "Your order",
      data: { ...receipt, recommendations: recommended(card, recommendations), cartCount },
    };
  };

  return { list, one };
}

const noSuchOrder = () =>
  problem(
    404,
    "There is no such order",
    "None of yours has this number. Orders are kept for a week, and for half an hour at least where there are very many; one that " +
      "came to nothing is not kept: nothing was charged for it.",
  );

/** A checkout service of another make keeps no orders. */
function noneIfUnknown(error: unknown): undefined {
  if (!failedWith(error, "UNIMPLEMENTED")) throw error;
}

const shortened = ({ items, ...receipt }: Receipt) => ({
  ...receipt,
  href: `/order/${receipt.orderId}`,
  pictures: items.filter((item) => item.picture !== undefined).slice(0, MOST_PICTURES),
  names: items.map(({ name }) => name).join(", "),
});
