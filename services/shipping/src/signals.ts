import type { Message } from "@boutique/contract/proto";
import type { Money } from "@boutique/money/money";
import { codeOf, failedWith } from "@boutique/rpc/error";
import { type Business, MINUTE, SECOND } from "@boutique/telemetry/business";
import { id, whole, word } from "@boutique/telemetry/fields";
import { regionOf } from "./region.ts";

type Address = Message<"Address"> | null;

/** Twice forty: strangers may write the names of all the countries there are, as shoppers or as load generators. */
const most = 80;

/** What the shipping service says of its business. Of an address that is its country. */
export function createSignals(business: Business) {
  const quotes = business.tally(
    "shipping_quotes_total",
    'Times that somebody asked what delivery costs, by country ("none" for a cart whose address is not known yet).',
    ["region"],
    { most },
  );
  const quoted = business.dollars(
    "shipping_quoted_usd_total",
    "What the quotes that were given came to, in US dollars.",
  );
  const orders = business.tally("shipping_orders_total", "Orders that were shipped, by country.", ["region"], { most });
  const repeats = business.tally(
    "shipping_repeats_total",
    "Times that a parcel was asked for again by its key, which sent none more.",
  );
  const failures = business.tally("shipping_errors_total", "Quotes and orders that failed.", ["operation"]);

  business.report(
    "shipping_stats_summary",
    "What was asked of shipping.",
    { every: 5 * MINUTE, events: 100, of: [quotes, orders] },
    {
      quote_requests: quotes.inAll("Times that somebody asked what delivery costs."),
      orders: orders.inAll("Orders that were shipped."),
      total_quote_usd: quoted.of("USD"),
      by_region: orders.each("region", "The orders by country."),
      quotes_by_region: quotes.each("region", "The quotes asked for, by country."),
      errors: failures.each("operation"),
    },
  );

  const shipped = business.event("order_shipped", "An order was given to the carrier.", {
    tracking_id: id("The parcel."),
    region: word("Its country, by ISO 3166."),
    items: whole("Pieces in it."),
  });
  const reason = word("The part of the request that was wrong, or the status code.");
  const quoteFailed = business.event("quote_error", "A quote failed.", { reason }, { atMostEvery: SECOND });
  const shippingFailed = business.event(
    "shipping_error",
    "An order failed to be shipped.",
    { reason },
    { atMostEvery: SECOND },
  );

  return {
    /** Somebody asks for a quote; to be said before it is known whether there is one. */
    asked: (address: Address): void => quotes.add([regionOf(address)]),
    quoted: (cost: Money): void => quoted.add(cost),
    notQuoted(error: unknown): void {
      failures.add(["quote"]);
      quoteFailed({ reason: reasonOf(error) });
    },
    shipped(trackingId: string, address: Address, items: readonly Message<"CartItem">[]): void {
      const region = regionOf(address);
      orders.add([region]);
      shipped({ tracking_id: trackingId, region, items: items.reduce((sum, { quantity }) => sum + quantity, 0) });
    },
    repeated: (): void => repeats.add(),
    notShipped(error: unknown): void {
      failures.add(["shipping"]);
      shippingFailed({ reason: reasonOf(error) });
    },
  };
}

export type Signals = ReturnType<typeof createSignals>;

const reasonOf = (error: unknown) =>
  (failedWith(error, "INVALID_ARGUMENT") && /^(items|address|idempotency_key)\b/.exec(error.details)?.[0]) ||
  codeOf(error);
