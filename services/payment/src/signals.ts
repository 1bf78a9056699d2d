import type { Money } from "@boutique/money/money";
import { type Business, MINUTE } from "@boutique/telemetry/business";
import { amount, givenId, id, optional, word } from "@boutique/telemetry/fields";
import { percent, whole } from "@boutique/telemetry/tally";
import type { Card, Refusal } from "./card.ts";

/** What is known of a charge: less, the earlier it fails. */
export interface Attempt {
  readonly idempotencyKey: string;
  readonly money?: Money;
  readonly card?: Card;
}

/** Why a charge fails. Never the error's words, which may quote a stranger. */
export type Failure =
  | "key_invalid"
  | "amount_invalid"
  | "card_invalid"
  | Refusal["reason"]
  | "store_failed"
  | "given_up"
  | "key_reused";

/** What payment says of its business. Of a card that is its kind and, in events, its last four digits. */
export function createSignals(business: Business) {
  const charges = business.tally("payment_charges_total", "Charges of cards that were tried, by card and outcome.", [
    "card_type",
    "outcome",
  ]);
  const failures = business.tally("payment_charge_failures_total", "Charges that failed, by reason.", ["reason"]);
  const repeats = business.tally(
    "payment_repeats_total",
    "Times that a charge was asked for again by its key, which charged nothing more.",
  );
  const refunds = business.tally("payment_refunds_total", "Charges that were given back.");
  const charged = business.purse("payment_charged_amount_total", "What cards were charged with, in each currency.");
  const succeeded = charges.having("outcome", "success");

  business.report(
    "payment_health_metrics",
    "How charging cards goes.",
    { every: 5 * MINUTE },
    {
      total_transactions: charges.inAll("Charges that were tried."),
      succeeded: whole("Charges that were made.", succeeded),
      failed: failures.inAll("Charges that failed."),
      success_rate: percent("How many of the charges tried were made.", succeeded, charges.total),
      failure_reasons: failures.each("reason"),
      charged_amount: charged.each(),
      refunds: refunds.inAll(),
    },
  );

  const transaction = business.event("payment_transaction", "A charge was tried.", {
    transaction_id: optional(id("The charge, if it was made.")),
    idempotency_key: optional(givenId("By what the caller knows the charge: the order's id.")),
    status: word('"success" or "failure".'),
    amount: optional(amount("How much, unless it made no sense.")),
    currency: optional(word("In which currency.")),
    card_type: word('The kind of card, "unknown" if it could not be read.'),
    last4: optional(id("The last four digits of the card's number, if it could be read.")),
    failure_reason: optional(word("Why it failed.")),
  });
  const refund = business.event("payment_refund", "A charge was given back.", {
    transaction_id: id("The charge."),
    refund_id: id("The refund."),
    amount: amount("How much: all of it."),
    currency: word("In which currency."),
  });

  const fieldsOf = ({ idempotencyKey, money, card }: Attempt) => ({
    idempotency_key: idempotencyKey || undefined,
    amount: money,
    currency: money?.currencyCode,
    card_type: kindIn(card),
    last4: card?.last4,
  });

  return {
    charged(attempt: Attempt & { readonly money: Money }, transactionId: string): void {
      charges.add([kindIn(attempt.card), "success"]);
      charged.add(attempt.money);
      const made = { transaction_id: transactionId, status: "success", failure_reason: undefined };
      transaction({ ...fieldsOf(attempt), ...made });
    },
    repeated: (): void => repeats.add(),
    failed(attempt: Attempt, reason: Failure): void {
      charges.add([kindIn(attempt.card), "failure"]);
      failures.add([reason]);
      transaction({
        ...fieldsOf(attempt),
        transaction_id: undefined,
        status: "failure",
        failure_reason: reason,
      });
    },
    refunded(transactionId: string, refundId: string, money: Money): void {
      refunds.add();
      refund({ transaction_id: transactionId, refund_id: refundId, amount: money, currency: money.currencyCode });
    },
  };
}

export type Signals = ReturnType<typeof createSignals>;

const kindIn = (card: Card | undefined) => card?.kind.name ?? "unknown";
