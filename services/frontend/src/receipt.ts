import type { Message } from "@boutique/contract/proto";
import { formatMoney } from "@boutique/money/format";
import { type Money, sum, times } from "@boutique/money/money";
import { RpcError } from "@boutique/rpc/error";
import type { CreateCard } from "./cards.ts";
import { count, type Shop } from "./shop.ts";

const written = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** An order as the order's page and the list of orders show it. */
export interface Receipt {
  readonly orderId: string;
  readonly trackingId: string;
  readonly items: readonly ReceiptLine[];
  readonly count: number;
  readonly shipping: string;
  readonly total: string;
  readonly paid: Money;
  /** When it was placed, for people and for programs; undefined when nobody said. */
  readonly placed: { readonly text: string; readonly iso: string } | undefined;
}

interface ReceiptLine {
  readonly name: string;
  readonly href: string;
  /** Undefined for what is no longer sold. */
  readonly picture?: string | undefined;
  readonly quantity: number;
  readonly price: string;
}

/** Reads orders as the checkout service answers with them; DATA_LOSS for an answer without one. */
export const createReceipts =
  (shop: Shop, card: CreateCard) =>
  ({ order, placedAtMs }: Message<"PlaceOrderResponse">): Receipt => {
    if (!order?.shippingCost) throw new RpcError("DATA_LOSS", "the checkout service answered without an order");
    const { orderId, shippingTrackingId, items, shippingCost } = order;
    // Nothing is asked for: an order that stands is shown, whoever is away.
    const products = new Map(shop.shelves.lastSeen().map((product) => [product.id, product]));
    const nothing = { ...shippingCost, units: "0", nanos: 0 };
    const lines = items.map(({ item, cost }) => {
      const { productId = "", quantity = 0 } = item ?? {};
      const product = products.get(productId);
      const seen = product ? card(product) : { name: productId, href: `/product/${productId}` };
      return { ...seen, quantity, amount: times(cost ?? nothing, quantity) };
    });
    const paid = sum(shippingCost.currencyCode, [shippingCost, ...lines.map(({ amount }) => amount)]);
    return {
      orderId,
      trackingId: shippingTrackingId,
      items: lines.map(({ amount, ...line }) => ({ ...line, price: formatMoney(amount) })),
      count: count(lines),
      shipping: formatMoney(shippingCost),
      total: formatMoney(paid),
      paid,
      placed: placedAt(Number(placedAtMs)),
    };
  };

export type ReceiptOf = ReturnType<typeof createReceipts>;

function placedAt(milliseconds: number): Receipt["placed"] {
  const date = new Date(milliseconds);
  if (milliseconds === 0 || Number.isNaN(date.valueOf())) return undefined;
  return { text: written.format(date), iso: date.toISOString() };
}
