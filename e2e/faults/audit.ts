import { formatMoney } from "@boutique/money/format";
import { type Money, toNanos } from "@boutique/money/money";
import { connect } from "@boutique/rpc/client";
import type { Boutique } from "./boutique.ts";
import { isSame, type Purchase, shown } from "./buyer.ts";
import type { Entry, Ledger } from "./ledger.ts";

/** What an audit found: every violation in a sentence. */
export interface Audit {
  readonly orders: number;
  readonly confirmed: number;
  readonly refunded: number;
  /** Charges of all. */
  readonly charges: number;
  readonly parcels: number;
  /** Purchases whose shopper saw no end. */
  readonly unknown: number;
  readonly violations: readonly string[];
}

const budgets = { read: 5_000, write: 5_000, order: 5_000, optional: 5_000 };

/** Holds what shoppers saw, what the shop answers now and what was written down against each other. */
export async function audit(shop: Boutique, purchases: readonly Purchase[], ledger: Ledger): Promise<Audit> {
  const violations = [
    ...purchases.flatMap(({ complaints }) => complaints),
    ...ofMoney(ledger),
    ...ofParcels(ledger),
    ...ofEvents(shop, ledger),
    ...(await ofShoppers(shop, purchases, ledger)),
  ];
  return {
    orders: purchases.length,
    confirmed: ledger.orders.filter(isConfirmed).length,
    refunded: [...ledger.charges.values()].filter(({ refunded }) => refunded).length,
    charges: ledger.charges.size,
    parcels: ledger.parcels.size,
    unknown: purchases.filter(({ end }) => end === "unknown").length,
    violations,
  };
}

const isSameAmount = (one: Money, other: Money) =>
  one.currencyCode === other.currencyCode && toNanos(one) === toNanos(other);
const isConfirmed = ({ step }: Entry) => step === "confirmed";
const when = (breach: boolean, words: string): string[] => (breach ? [words] : []);

/** Every order has come to an end; who has a confirmed one paid once, and nobody else paid. */
function ofMoney({ orders, charges }: Ledger): string[] {
  const paidBy = Map.groupBy(orders.filter(isConfirmed), ({ transactionId = "" }) => transactionId);
  return [
    ...orders.flatMap(({ orderId, step, total, transactionId = "" }) => {
      const charge = charges.get(transactionId);
      if (step === "confirmed") {
        return [
          ...when(!charge, `order ${orderId} is confirmed and was not charged`),
          ...when(charge?.refunded === true, `order ${orderId} is confirmed and its charge was given back`),
          ...when(
            !!charge && !isSameAmount(charge, total),
            `order ${orderId} was charged another amount than its total`,
          ),
        ];
      }
      return when(step !== "failed", `order ${orderId} was left at ${step}`);
    }),
    ...[...charges].flatMap(([transactionId, { refunded }]) => {
      const count = paidBy.get(transactionId)?.length ?? 0;
      return [
        ...when(count > 1, `charge ${transactionId} pays for ${count} orders`),
        ...when(count === 0 && !refunded, `charge ${transactionId} is for no order and was not given back`),
      ];
    }),
  ];
}

/** Every confirmed order has one parcel, and no parcel is nobody's. */
function ofParcels({ orders, parcels }: Ledger): string[] {
  const sentTo = Map.groupBy(orders.filter(isConfirmed), ({ trackingId = "" }) => trackingId);
  return [
    ...[...sentTo].flatMap(([trackingId, [first, ...more]]) => [
      ...when(!parcels.has(trackingId), `order ${first?.orderId} is confirmed and was not shipped`),
      ...when(more.length > 0, `parcel ${trackingId} is that of ${more.length + 1} orders`),
    ]),
    ...[...parcels].flatMap((parcel) => when(!sentTo.has(parcel), `parcel ${parcel} was sent for no order`)),
  ];
}

/** What was said to have happened did, and once. Of what was done a killed process may not have come to speak. */
function ofEvents({ events }: Boutique, { charges, parcels }: Ledger): string[] {
  const told = (event: string, id: string, is: (line: Record<string, unknown>) => boolean = () => true) =>
    events.filter((line) => line.event === event && is(line)).map((line) => String(line[id]));
  const twice = (what: string, ids: readonly string[]) =>
    ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `${what} ${id} was told of twice`);
  const charged = told("payment_transaction", "transaction_id", ({ status }) => status === "success");
  const shipped = told("order_shipped", "tracking_id");
  return [
    ...charged.flatMap((id) => when(!charges.has(id), `charge ${id} was told of and is not kept`)),
    ...shipped.flatMap((id) => when(!parcels.has(id), `parcel ${id} was told of and is not kept`)),
    ...twice("charge", charged),
    ...twice("refund", told("payment_refund", "refund_id")),
    ...twice("parcel", shipped),
    ...twice("letter of order", told("email_sent", "order_id")),
  ];
}

/** Each shopper has the order that they saw confirmed, no other, of what they wanted, and in the cart what they put there. */
async function ofShoppers(shop: Boutique, purchases: readonly Purchase[], ledger: Ledger): Promise<string[]> {
  const checkout = connect("checkout", shop.grpcOf("checkout"), { budgets });
  const cart = connect("cart", shop.grpcOf("cart"), { budgets });
  const written = Map.groupBy(ledger.orders.filter(isConfirmed), ({ userId }) => userId);
  const ofOne = async (purchase: Purchase): Promise<string[]> => {
    const { userId, end } = purchase;
    const [{ orders }, { items }] = await Promise.all([checkout.listOrders({ userId }), cart.getCart({ userId })]);
    const listed = orders.map(({ order }) => `${order?.orderId} ${order?.shippingTrackingId}`).sort();
    const mine = written.get(userId) ?? [];
    const own = mine.map(({ orderId, trackingId }) => `${orderId} ${trackingId}`).sort();
    const seen = typeof end === "object" ? [`${end.orderId} ${end.trackingId}`] : [];
    const certain = end !== "unknown";
    const lines = new Map(items.map(({ productId, quantity }) => [productId, quantity]));
    const kept = own.length > 0 ? purchase.later : purchase.cart;
    return [
      ...when(String(listed) !== String(own), `${userId} is shown orders ${listed}, written down are ${own}`),
      ...when(certain && String(own) !== String(seen), `${userId} saw orders ${seen}, written down are ${own}`),
      ...mine.flatMap(({ orderId, total, lines }) => [
        ...when(
          !isSame(lines, purchase.cart),
          `order ${orderId} is of ${shown(lines)}, wanted were ${shown(purchase.cart)}`,
        ),
        ...when(
          typeof end === "object" && end.total !== formatMoney(total),
          `order ${orderId} was shown at another total than it has`,
        ),
      ]),
      ...when(own.length > 1, `${userId} bought once and has ${own.length} orders`),
      ...when(!isSame(lines, kept), `the cart of ${userId} holds ${shown(lines)} instead of ${shown(kept)}`),
    ];
  };
  try {
    const found: string[] = [];
    // Not all at once: thousands of calls would be more than a service takes.
    for (let first = 0; first < purchases.length; first += 20) {
      found.push(...(await Promise.all(purchases.slice(first, first + 20).map(ofOne))).flat());
    }
    return found;
  } finally {
    checkout.close();
    cart.close();
  }
}
