import { codeOf, RpcError } from "@boutique/rpc/error";
import { mayPass } from "./failure.ts";
import { failed, type Move } from "./move.ts";
import { idOf, type Order } from "./order.ts";
import type { CheckoutPeers } from "./service.ts";
import type { SettlementLog } from "./settlement.ts";
import type { Signals } from "./signals.ts";

/** Gives the charge back of what could not be shipped; payment does so once, however often it is asked. */
export function createRefunding({ payment }: CheckoutPeers, log: SettlementLog, signals: Signals) {
  return async (order: Order): Promise<Move> => {
    const { bill, transactionId = "", failure } = order;
    const orderId = idOf(order);
    const { code = "INTERNAL", details = "could not be shipped" } = failure ?? {};
    const told = (outcome: string) => new RpcError(code, `order ${orderId} ${details}; the charge ${outcome}`);
    const ended = (refunded: "yes" | "no", outcome: string): Move => {
      const shipped = details.includes("perhaps") ? "unknown" : "no";
      signals.notShipped(bill, transactionId, { shipped, refunded, reason: code });
      return failed(order, told(outcome));
    };
    try {
      await payment.refund({ transactionId, amount: bill.total, idempotencyKey: orderId, reason: "not shipped" });
      return ended("yes", "was given back");
    } catch (error) {
      if (mayPass(error)) return { unfinished: error, told: told("could not be given back yet") };
      const fields = { order_id: orderId, transaction_id: transactionId, error, reason: codeOf(error) };
      log.error(fields, "a charge without a parcel was not refunded");
      return ended("no", "could not be given back yet");
    }
  };
}
