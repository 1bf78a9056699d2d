import type { Message } from "@boutique/contract/proto";
import { formatMoney } from "@boutique/money/format";
import type { Money } from "@boutique/money/money";
import type { Log } from "@boutique/telemetry/log";
import { afterTheCharge, ofTheCharge, perhapsDone } from "./failure.ts";
import type { CheckoutPeers } from "./service.ts";

/** An order that is priced and not yet paid. */
export interface Bill {
  readonly order: Omit<Message<"OrderResult">, "shippingTrackingId" | "items" | "shippingAddress"> & {
    readonly items: { item: Message<"CartItem">; cost: Money }[];
    readonly shippingAddress: Message<"Address">;
  };
  readonly total: Money;
  readonly userId: string;
  readonly creditCard: Message<"CreditCardInfo">;
  readonly email: string;
}

/**
 * Charges, ships, and tidies up; gives the money back when the parcel cannot be sent. What fails once money may have
 * moved is told as "order <id> ...", so that the shopper can be told the same.
 */
export function createSettlement({ cart, email, payment, shipping }: CheckoutPeers, log: Log) {
  const charge = ({ order: { orderId }, total: amount, creditCard }: Bill) =>
    payment.charge({ amount, creditCard, idempotencyKey: orderId }).catch((error) => {
      const failure = ofTheCharge(orderId, error);
      if (failure.details.startsWith("order")) log.error({ order_id: orderId, error }, "perhaps charged, not shipped");
      throw failure;
    });

  const refund = async ({ order: { orderId }, total: amount }: Bill, transactionId: string) => {
    const fields = { order_id: orderId, transaction_id: transactionId };
    try {
      await payment.refund({ transactionId, amount, idempotencyKey: orderId, reason: "not shipped" });
      log.info({ event: "order_refunded", ...fields }, "order refunded");
      return "the charge was given back";
    } catch (error) {
      log.error({ ...fields, error }, "a charge without a parcel was not refunded");
      return "the charge could not be given back yet";
    }
  };

  const ship = (bill: Bill, transactionId: string) => {
    const { orderId, shippingAddress: address, items } = bill.order;
    return shipping.shipOrder({ address, items: items.map(({ item }) => item) }).catch(async (error) => {
      const outcome = await refund(bill, transactionId);
      const shipped = perhapsDone(error) ? "was perhaps not shipped" : "could not be shipped";
      log.error({ order_id: orderId, transaction_id: transactionId, error }, `an order ${shipped}; ${outcome}`);
      throw afterTheCharge(orderId, `${shipped}; ${outcome}`, error);
    });
  };

  /** What an order does not depend on: it stands even when these fail. */
  const tidy = (bill: Bill, order: Message<"OrderResult">) =>
    Promise.all([
      cart.emptyCart({ userId: bill.userId }).catch((error) => {
        log.warn({ order_id: order.orderId, reason: error.message }, "the cart of an order was not emptied");
      }),
      email.sendOrderConfirmation({ email: bill.email, order }).catch((error) => {
        log.warn(
          { order_id: order.orderId, reason: error.message },
          "the confirmation of an order was perhaps not sent",
        );
      }),
    ]);

  return async (bill: Bill): Promise<{ order: Message<"OrderResult"> }> => {
    const { orderId } = bill.order;
    log.info({ order_id: orderId }, "order priced, charging");
    const { transactionId } = await charge(bill);
    const { trackingId } = await ship(bill, transactionId);
    const order = { ...bill.order, shippingTrackingId: trackingId };
    await tidy(bill, order);
    const total = formatMoney(bill.total);
    log.info({ event: "order_placed", order_id: orderId, lines: order.items.length, total }, "order placed");
    return { order };
  };
}
