import { decimalOf } from "@boutique/money/decimal";
import { type Business, MINUTE } from "@boutique/telemetry/business";
import { percent, whole } from "@boutique/telemetry/tally";
import type { Traffic } from "@boutique/telemetry/traffic";
import type { Bill } from "./bill.ts";
import { createEvents } from "./events.ts";
import type { Fate } from "./failure.ts";
import type { Order } from "./order.ts";
import { createRecoverySignals } from "./recovery-signals.ts";

/** What comes before the charge. */
export type Step = "request" | "journal" | "cart" | "empty_cart" | "catalog" | "quote" | "conversion";
type Cause = Step | "refused_card" | "payment" | "shipping";

/** More than the shop trades in: a bound on what callers and peers can name. */
const most = 50;

/** What checkout says of its business. Of shoppers that is a hash of their id; of cards and addresses nothing. */
export function createSignals(business: Business) {
  const events = createEvents(business);
  const placed = business.tally("orders_placed_total", "Orders that were placed, by currency.", ["currency"], {
    most: 2 * most,
  });
  const failed = business.tally(
    "orders_failed_total",
    'Orders that came to nothing, by what failed and by currency ("unknown" until one in it was priced).',
    ["cause", "currency"],
    { most: 500 },
  );
  const pieces = business.tally("order_pieces_total", "Pieces in the orders that were placed.");
  const revenue = business.dollars("orders_revenue_usd_total", "What placed orders are worth, in US dollars.");
  const value = business.purse("order_value_total", "What placed orders cost, in each currency.");
  const buckets = [1, 2, 3, 5, 10, 20, 50, 100];
  const sizes = business.histogram("order_items", "How many pieces an order has that was placed.", buckets);
  const attempts = (traffic: Traffic) => placed.total(traffic) + failed.total(traffic);

  business.report(
    "order_stats_summary",
    "What became of orders.",
    { every: 5 * MINUTE },
    {
      orders: whole("Orders that were asked for.", attempts),
      succeeded: placed.inAll("Orders that were placed."),
      failed: failed.inAll("Orders that came to nothing."),
      success_rate: percent("How many of the orders asked for were placed.", placed.total, attempts),
      failures: failed.each("cause", "Orders that came to nothing, by what failed."),
      total_amount: value.each(),
      total_usd: revenue.of("USD"),
      currencies: placed.each("currency"),
      items: pieces.inAll(),
    },
  );

  /** Currencies that amounts were converted to: strangers may ask for any three letters. */
  const known = new Set(["USD"]);
  const fail = (cause: Cause, currency: string) => failed.add([cause, known.has(currency) ? currency : "unknown"]);

  return {
    notPrepared(step: Step, asked: { userId: string; userCurrency: string }, reason: string): void {
      fail(step, asked.userCurrency);
      events.notPrepared({ user_id: asked.userId || undefined, step, reason });
    },
    /** From here on it is known what the order is. */
    priced({ order, total: { currencyCode }, totalUsd }: Bill): void {
      if (known.size < most) known.add(currencyCode);
      business.note({
        "app.order.id": order.orderId,
        "app.currency": currencyCode,
        "app.order.items": piecesIn(order),
        "app.order.amount_usd": Number(decimalOf(totalUsd)),
      });
      business.step("priced");
    },
    charged: (): void => business.step("charged"),
    shipped: (): void => business.step("shipped"),
    completed({ bill, transactionId = "", trackingId = "" }: Order): void {
      const { order, total, totalUsd } = bill;
      const count = piecesIn(order);
      placed.add([total.currencyCode]);
      pieces.add([], count);
      revenue.add(totalUsd);
      value.add(total);
      sizes(count);
      events.completed({
        ...named(bill),
        total_amount: total,
        currency: total.currencyCode,
        total_usd: totalUsd,
        item_count: count,
        lines: order.items.length,
        items: order.items.map(({ item, cost }) => ({
          product_id: item.productId,
          quantity: item.quantity,
          price: cost,
        })),
        transaction_id: transactionId,
        tracking_id: trackingId,
      });
    },
    ...createRecoverySignals(business, events),
    notPaid(bill: Priced, fate: Fate, reason: string): void {
      fail(fate === "refused" ? "refused_card" : "payment", bill.total.currencyCode);
      events.notPaid({ ...named(bill), charged: fate === "unknown" ? "unknown" : "no", reason });
    },
    notShipped(bill: Priced, transactionId: string, what: { shipped: string; refunded: string; reason: string }): void {
      fail("shipping", bill.total.currencyCode);
      events.notShipped({ ...named(bill), transaction_id: transactionId, ...what });
    },
    cartNotEmptied: (bill: Priced, reason: string): void => events.cartNotEmptied({ ...named(bill), reason }),
    notConfirmed: (bill: Priced, reason: string): void => events.notConfirmed({ ...named(bill), reason }),
  };
}

export type Signals = ReturnType<typeof createSignals>;
type Priced = Order["bill"];

const named = ({ order: { orderId }, userId }: Priced) => ({ order_id: orderId, user_id: userId });

const piecesIn = ({ items }: Bill["order"]) => items.reduce((sum, { item }) => sum + item.quantity, 0);
