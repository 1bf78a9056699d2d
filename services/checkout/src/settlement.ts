import type { Message } from "@boutique/contract/proto";
import type { Money } from "@boutique/money/money";
import { codeName, failedWith, RpcError } from "@boutique/rpc/error";
import type { Log } from "@boutique/telemetry/log";
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

/** Charges, ships, and tidies up; gives the money back when the parcel cannot be sent. */
export function createSettlement({ cart, email, payment, shipping }: CheckoutPeers, log: Log) {
  const charge = ({ total: amount, creditCard }: Bill) =>
    payment.charge({ amount, creditCard }).catch((error) => {
      throw failedWith(error, "INVALID_ARGUMENT", "FAILED_PRECONDITION") ? aboutTheCard(error) : error;
    });

  const refund = async (bill: Bill, transactionId: string) => {
    const { orderId } = bill.order;
    try {
      await payment.refund({ transactionId, amount: bill.total, idempotencyKey: orderId, reason: "not shipped" });
      log.info({ event: "order_refunded", order_id: orderId, transaction_id: transactionId }, "order refunded");
      return "the charge was given back";
    } catch {
      log.error({ order_id: orderId, transaction_id: transactionId }, "a charge without a parcel was not refunded");
      return "the charge could not be given back yet";
    }
  };

  const ship = ({ order: { shippingAddress: address, items } }: Bill) =>
    shipping.shipOrder({ address, items: items.map(({ item }) => item) });

  /** What an order does not depend on: it stands even when these fail. */
  const tidy = (bill: Bill, order: Message<"OrderResult">) =>
    Promise.all([
      cart.emptyCart({ userId: bill.userId }).catch(() => {
        log.warn({ order_id: order.orderId }, "the cart of an order was not emptied");
      }),
      email.sendOrderConfirmation({ email: bill.email, order }).catch(() => {
        log.warn({ order_id: order.orderId }, "the confirmation of an order was not sent");
      }),
    ]);

  return async (bill: Bill): Promise<{ order: Message<"OrderResult"> }> => {
    const { orderId } = bill.order;
    const { transactionId } = await charge(bill);
    const { trackingId } = await ship(bill).catch(async (error: RpcError) => {
      const outcome = await refund(bill, transactionId);
      throw new RpcError(codeName(error.code) ?? "INTERNAL", `the order could not be shipped; ${outcome}`);
    });
    const order = { ...bill.order, shippingTrackingId: trackingId };
    await tidy(bill, order);
    const { currencyCode, units, nanos } = bill.total;
    const total = `${units}.${String(nanos).padStart(9, "0").slice(0, 2)} ${currencyCode}`;
    log.info({ event: "order_placed", order_id: orderId, lines: order.items.length, total }, "order placed");
    return { order };
  };
}

/** A refusal of the card, told as one whatever make of payment service it comes from. */
const aboutTheCard = ({ code, details }: RpcError) =>
  new RpcError(
    codeName(code) ?? "INVALID_ARGUMENT",
    /^(credit_card|amount)/.test(details) ? details : `credit_card: ${details}`,
  );
