import { randomUUID } from "node:crypto";
import type { Handlers } from "@boutique/contract/topology";
import { type Code, RpcError } from "@boutique/rpc/error";
import { checkKey, checkOptionalKey } from "@boutique/store/key";
import { isSame, readAmount } from "./amount.ts";
import { readCard, refusalOf } from "./card.ts";
import { type PaymentStore, transactionIdBy } from "./charges.ts";
import type { Attempt, Failure, Signals } from "./signals.ts";

/** What a test likes to choose. */
export interface PaymentOptions {
  readonly now?: () => Date;
  readonly newId?: () => string;
}

/** Charges cards, for show: no bank is asked, and only what is needed for a refund is kept. */
export function createPayment(
  signals: Signals,
  { charges, refunds }: PaymentStore,
  { now = () => new Date(), newId = randomUUID }: PaymentOptions = {},
): Handlers<"payment"> {
  /** What came of a step, or a charge that failed. */
  const orFail = async <T>(attempt: Attempt, reason: Failure, step: () => T | Promise<T>): Promise<T> => {
    try {
      return await step();
    } catch (error) {
      signals.failed(attempt, reason);
      throw error;
    }
  };
  const failure = (attempt: Attempt, reason: Failure, code: Code, words: string) => {
    signals.failed(attempt, reason);
    return new RpcError(code, words);
  };
  return {
    charge: async ({ amount, creditCard, idempotencyKey: key }) => {
      await orFail({ idempotencyKey: key }, "key_invalid", () => checkOptionalKey(key));
      const money = await orFail({ idempotencyKey: key }, "amount_invalid", () => readAmount(amount));
      const card = await orFail({ idempotencyKey: key, money }, "card_invalid", () => readCard(creditCard));
      const attempt = { idempotencyKey: key, money, card };
      const transactionId = key === "" ? newId() : transactionIdBy(key);
      const refusal = refusalOf(card, now());
      // A charge that was made stays made, though its card may have expired since.
      if (refusal && !(key && (await orFail(attempt, "store_failed", () => charges.find(transactionId))))) {
        throw failure(attempt, refusal.reason, "FAILED_PRECONDITION", refusal.words);
      }
      const charge = { ...money, refundId: newId() };
      const { kept, first } = await orFail(attempt, "store_failed", () => charges.keep(transactionId, charge));
      if (!kept) throw failure(attempt, "given_up", "ABORTED", "idempotency_key: this charge was given up");
      const other = "idempotency_key: was used to charge another amount";
      if (!isSame(kept, money)) throw failure(attempt, "key_reused", "INVALID_ARGUMENT", other);
      if (first) signals.charged(attempt, transactionId);
      else signals.repeated();
      return { transactionId };
    },

    resolveCharge: async ({ idempotencyKey }) => {
      checkKey(idempotencyKey);
      const transactionId = transactionIdBy(idempotencyKey);
      return { transactionId: (await charges.giveUp(transactionId)) ? transactionId : "" };
    },

    refund: async ({ transactionId, amount, idempotencyKey: key }) => {
      if (transactionId === "") throw new RpcError("INVALID_ARGUMENT", "transaction_id: is missing");
      checkOptionalKey(key);
      const asked = readAmount(amount);
      const charge = await charges.find(transactionId);
      if (!charge) throw new RpcError("NOT_FOUND", "transaction_id: there is no such charge");
      if (!isSame(asked, charge)) throw new RpcError("INVALID_ARGUMENT", "amount: must be what was charged");
      const { refundId } = charge;
      const { kept, first } = await refunds.keep(refundId, { key });
      // The same refund may be asked for again, since its answer was lost on the way.
      if (!first && (key === "" || kept?.key !== key)) {
        throw new RpcError("FAILED_PRECONDITION", "transaction_id: already refunded");
      }
      if (first) signals.refunded(transactionId, refundId, asked);
      return { refundId };
    },
  };
}
