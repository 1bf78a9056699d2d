import { randomUUID } from "node:crypto";
import type { Handlers } from "@boutique/contract/topology";
import { RpcError } from "@boutique/rpc/error";
import { readAmount } from "./amount.ts";
import { readCard, refusalOf } from "./card.ts";
import { createTransactions, type Transactions } from "./transactions.ts";

/** What payment uses: where its events go, and what a test likes to choose. */
export interface PaymentOptions {
  readonly log: { info(event: { event: string; [field: string]: unknown }, words: string): void };
  readonly now?: () => Date;
  readonly newId?: () => string;
  readonly transactions?: Transactions;
}

/** Charges cards, for show: no bank is asked, and only what is needed for a refund is kept. */
export const createPayment = ({
  log,
  now = () => new Date(),
  newId = randomUUID,
  transactions = createTransactions(),
}: PaymentOptions): Handlers<"payment"> => ({
  charge: ({ amount, creditCard, idempotencyKey }) => {
    const charged = readAmount(amount);
    const card = readCard(creditCard);
    const refusal = refusalOf(card, now());
    // With the key, a charge whose answer was lost can be found.
    const key = idempotencyKey !== "" && { idempotency_key: idempotencyKey };
    const fields = { ...key, kind: card.kind.name, last4: card.last4, ...charged };
    if (refusal) {
      log.info({ event: "charge_refused", ...fields }, "card refused");
      throw new RpcError("FAILED_PRECONDITION", refusal);
    }
    const transactionId = newId();
    transactions.add(transactionId, charged);
    log.info({ event: "charge", transaction_id: transactionId, ...fields }, "card charged");
    return { transactionId };
  },

  refund: ({ transactionId, amount, idempotencyKey: key }) => {
    if (transactionId === "") throw new RpcError("INVALID_ARGUMENT", "transaction_id: is missing");
    const { amount: asked, currency } = readAmount(amount);
    const transaction = transactions.find(transactionId);
    if (!transaction) throw new RpcError("NOT_FOUND", "transaction_id: there is no such charge");
    if (asked !== transaction.charged.amount || currency !== transaction.charged.currency) {
      throw new RpcError("INVALID_ARGUMENT", "amount: must be what was charged");
    }
    if (transaction.refund) {
      // The same refund asked for again, since its answer was lost on the way.
      if (key !== "" && key === transaction.refund.key) return { refundId: transaction.refund.id };
      throw new RpcError("FAILED_PRECONDITION", "transaction_id: already refunded");
    }
    const refundId = newId();
    transaction.refund = { id: refundId, key };
    const fields = { transaction_id: transactionId, refund_id: refundId, amount: asked, currency };
    log.info({ event: "refund", ...fields }, "charge refunded");
    return { refundId };
  },
});
