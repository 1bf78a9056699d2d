import { randomUUID } from "node:crypto";
import type { Handlers } from "@boutique/contract/topology";
import { RpcError } from "@boutique/rpc/error";
import { isSame, readAmount } from "./amount.ts";
import { readCard, refusalOf } from "./card.ts";
import type { Attempt, Failure, Signals } from "./signals.ts";
import { createTransactions, type Transactions } from "./transactions.ts";

/** What a test likes to choose. */
export interface PaymentOptions {
  readonly now?: () => Date;
  readonly newId?: () => string;
  readonly transactions?: Transactions;
}

/** Charges cards, for show: no bank is asked, and only what is needed for a refund is kept. */
export function createPayment(
  signals: Signals,
  { now = () => new Date(), newId = randomUUID, transactions = createTransactions() }: PaymentOptions = {},
): Handlers<"payment"> {
  /** What was read, or a charge that failed. */
  const orFail = <T>(attempt: Attempt, reason: Failure, read: () => T): T => {
    try {
      return read();
    } catch (error) {
      signals.failed(attempt, reason);
      throw error;
    }
  };
  return {
    charge: ({ amount, creditCard, idempotencyKey }) => {
      const money = orFail({ idempotencyKey }, "amount_invalid", () => readAmount(amount));
      const card = orFail({ idempotencyKey, money }, "card_invalid", () => readCard(creditCard));
      const attempt = { idempotencyKey, money, card };
      const refusal = refusalOf(card, now());
      if (refusal) {
        signals.failed(attempt, refusal.reason);
        throw new RpcError("FAILED_PRECONDITION", refusal.words);
      }
      const transactionId = newId();
      transactions.add(transactionId, money);
      signals.charged(attempt, transactionId);
      return { transactionId };
    },

    refund: ({ transactionId, amount, idempotencyKey: key }) => {
      if (transactionId === "") throw new RpcError("INVALID_ARGUMENT", "transaction_id: is missing");
      const asked = readAmount(amount);
      const transaction = transactions.find(transactionId);
      if (!transaction) throw new RpcError("NOT_FOUND", "transaction_id: there is no such charge");
      if (!isSame(asked, transaction.charged)) {
        throw new RpcError("INVALID_ARGUMENT", "amount: must be what was charged");
      }
      if (transaction.refund) {
        // The same refund asked for again, since its answer was lost on the way.
        if (key !== "" && key === transaction.refund.key) return { refundId: transaction.refund.id };
        throw new RpcError("FAILED_PRECONDITION", "transaction_id: already refunded");
      }
      const refundId = newId();
      transaction.refund = { id: refundId, key };
      signals.refunded(transactionId, refundId, asked);
      return { refundId };
    },
  };
}
