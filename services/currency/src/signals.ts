import { type Business, MINUTE } from "@boutique/telemetry/business";

/** Why a request to convert is refused; a fault is ours. */
export type Reason = "unknown_currency" | "invalid_amount" | "fault";

/** What the currency service says of its business. */
export function createSignals(business: Business) {
  const conversions = business.tally(
    "currency_conversions_total",
    "Amounts that were converted, each one of a list; also those that were in the wanted currency before.",
    ["from", "to"],
    { most: 100 },
  );
  const refusals = business.tally("currency_conversion_errors_total", "Requests to convert that failed, by reason.", [
    "reason",
  ]);
  const pairs = business.ranking("Pairs of currencies, from and to.");

  business.report(
    "currency_conversion_metrics",
    "What was converted.",
    { every: MINUTE },
    {
      total_conversions: conversions.inAll(),
      change: conversions.change("How many more conversions than in the minute before, or fewer."),
      top_currency_pairs: pairs.top(5, 'The pairs that were converted most, such as "USD->EUR"; a pair may be of one.'),
      errors: refusals.each("reason"),
    },
  );

  return {
    converted(from: string, to: string, amounts: number): void {
      conversions.add([from, to], amounts);
      pairs.add(`${from}->${to}`, amounts);
    },
    refused(reason: Reason): void {
      refusals.add([reason]);
    },
  };
}

export type Signals = ReturnType<typeof createSignals>;
