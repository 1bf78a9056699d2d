import type { Message } from "@boutique/contract/proto";
import { codeOf, failedWith } from "@boutique/rpc/error";
import { type Fate, fateOf, ofTheCharge } from "./failure.ts";
import { failed, type Move, neverDone } from "./move.ts";
import { idOf, type Order } from "./order.ts";
import type { CheckoutPeers } from "./service.ts";
import type { SettlementLog } from "./settlement.ts";
import type { Signals } from "./signals.ts";

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
      return found.transactionId ? charged(order, found) : notCharged(order, "untried", lost ?? neverDone);
    } catch (error) {
      if (!failedWith(error, "UNIMPLEMENTED")) return { unfinished: error };
      // A payment service of another make, which knows no keys: to ask again could be to charge again.
      const reason = lost ?? neverDone;
      log.error({ order_id: idOf(order), error: reason }, "perhaps charged, not shipped");
      signals.notPaid(order.bill, "unknown", codeOf(reason));
      return failed(order, ofTheCharge(idOf(order), "unknown", reason));
    }
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
