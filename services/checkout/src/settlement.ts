import type { Message } from "@boutique/contract/proto";
import { codeOf } from "@boutique/rpc/error";
import type { Bill } from "./bill.ts";
import { afterTheCharge, fateOf, ofTheCharge, perhapsDone } from "./failure.ts";
import type { CheckoutPeers } from "./service.ts";
import type { Signals } from "./signals.ts";

/** Where it says what somebody must look after: with the error, which events have not. */
export interface SettlementLog {
  error(fields: object, words: string): void;
}

/**
 * Charges, ships, and tidies up; gives the money back when the parcel cannot be sent. What fails once money may have
 * moved is told as "order <id> ...", so that the shopper can be told the same.
 */
export function createSettlement(peers: CheckoutPeers, log: SettlementLog, signals: Signals) {
  const { cart, email, payment, shipping } = peers;

  const charge = (bill: Bill) => {
    const { total: amount, creditCard } = bill;
    const { orderId } = bill.order;
    return payment.charge({ amount, creditCard, idempotencyKey: orderId }).catch((error) => {
      const fate = fateOf(error);
      signals.notPaid(bill, fate, codeOf(error));
      if (fate === "unknown") log.error({ order_id: orderId, error }, "perhaps charged, not shipped");
      throw ofTheCharge(orderId, error);
    });
  };

  /** Whether the money was given back. */
  const refund = async ({ order: { orderId }, total: amount }: Bill, transactionId: string) => {
    try {
      await payment.refund({ transactionId, amount, idempotencyKey: orderId, reason: "not shipped" });
      return true;
    } catch (error) {
      const fields = { order_id: orderId, transaction_id: transactionId, error };
      log.error(fields, "a charge without a parcel was not refunded");
      return false;
    }
  };

  const ship = (bill: Bill, transactionId: string) => {
    const { orderId, shippingAddress: address, items } = bill.order;
    return shipping.shipOrder({ address, items: items.map(({ item }) => item) }).catch(async (error) => {
      const refunded = await refund(bill, transactionId);
      const unsure = perhapsDone(error);
      signals.notShipped(bill, transactionId, {
        shipped: unsure ? "unknown" : "no",
        refunded: refunded ? "yes" : "no",
        reason: codeOf(error),
      });
      const outcome = refunded ? "the charge was given back" : "the charge could not be given back yet";
      const shipped = unsure ? "was perhaps not shipped" : "could not be shipped";
      throw afterTheCharge(orderId, `${shipped}; ${outcome}`, error);
    });
  };

  /** What an order does not depend on: it stands even when these fail. */
  const tidy = (bill: Bill, order: Message<"OrderResult">) =>
    Promise.all([
      cart.emptyCart({ userId: bill.userId }).catch((error) => signals.cartNotEmptied(bill, codeOf(error))),
      email
        .sendOrderConfirmation({ email: bill.email, order })
        .catch((error) => signals.notConfirmed(bill, codeOf(error))),
    ]);

  return async (bill: Bill): Promise<{ order: Message<"OrderResult"> }> => {
    const { transactionId } = await charge(bill);
    signals.charged();
    const { trackingId } = await ship(bill, transactionId);
    signals.shipped();
    signals.completed(bill, transactionId, trackingId);
    const order = { ...bill.order, shippingTrackingId: trackingId };
    await tidy(bill, order);
    return { order };
  };
}
