import type { Message } from "@boutique/contract/proto";
import { codeOf, failedWith } from "@boutique/rpc/error";
import { type Fate, fateOf, ofTheCharge } from "./failure.ts";
import { failed, type Move, neverDone } from "./move.ts";
import { idOf, type Order } from "./order.ts";
import type { CheckoutPeers } from "./service.ts";
import type { SettlementLog } from "./settlement.ts";
import type { Signals } from "./signals.ts";

/** For so long payment surely remembers what it charged, in milliseconds; after that, that it knows nothing says nothing. */
const REMEMBERED_MS = 3_600_000;

type Card = Message<"CreditCardInfo">;

/**
 * Charges a card, once. Where no answer comes, and where the card is not known any more, payment is asked what became of
 * the charge by its key, after which it makes none by that key.
 */
export function createCharging({ payment }: CheckoutPeers, log: SettlementLog, signals: Signals, newKey: () => string) {
  const charged = (order: Order, { transactionId }: { transactionId: string }): Move => {
    signals.charged();
    return { next: { ...order, step: "shipping", transactionId, parcelKey: newKey(), parcels: 1 } };
  };

  const notCharged = (order: Order, fate: Fate, error: unknown): Move => {
    signals.notPaid(order.bill, fate, codeOf(error));
    return { nothing: ofTheCharge(idOf(order), fate, error) };
  };

  const findOut = async (order: Order, lost?: unknown): Promise<Move> => {
    const { chargeKey: idempotencyKey } = order;
    try {
      const found = await payment.resolveCharge({ idempotencyKey });
      if (found.transactionId) return charged(order, found);
      if (Date.now() - order.placedAt < REMEMBERED_MS) return notCharged(order, "untried", lost ?? neverDone);
      return nobodyKnows(order, lost);
    } catch (error) {
      // A payment service of another make, which knows no keys: to ask again could be to charge again.
      return failedWith(error, "UNIMPLEMENTED") ? nobodyKnows(order, lost) : { unfinished: error };
    }
  };

  const nobodyKnows = (order: Order, lost: unknown): Move => {
    const reason = lost ?? neverDone;
    log.error({ order_id: idOf(order), error: reason }, "perhaps charged, not shipped");
    signals.notPaid(order.bill, "unknown", codeOf(reason));
    return failed(order, ofTheCharge(idOf(order), "unknown", reason));
  };

  return async (order: Order, creditCard?: Card): Promise<Move> => {
    if (!creditCard) return findOut(order);
    const { bill, chargeKey: idempotencyKey } = order;
    try {
      return charged(order, await payment.charge({ amount: bill.total, creditCard, idempotencyKey }));
    } catch (error) {
      const fate = fateOf(error);
      return fate === "unknown" ? findOut(order, error) : notCharged(order, fate, error);
    }
  };
}
