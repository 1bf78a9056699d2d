import { randomUUID } from "node:crypto";
import type { Handlers, Peers } from "@boutique/contract/topology";
import { RpcError } from "@boutique/rpc/error";
import type { Dependency } from "@boutique/runtime/start";
import type { Journal } from "./journal.ts";
import { answerOf, notSettled } from "./order.ts";
import { orderIdOf } from "./order-id.ts";
import { createPlacing } from "./placing.ts";
import { createPreparation } from "./preparation.ts";
import { createRecovery } from "./recovery.ts";
import { checkName } from "./request.ts";
import { createSettlement, type SettlementLog } from "./settlement.ts";
import type { Signals } from "./signals.ts";
import { createTidying } from "./tidying.ts";

export type CheckoutPeers = Peers<"cart" | "catalog" | "currency" | "email" | "payment" | "shipping">;

export interface CheckoutOptions {
  readonly journal: Journal;
  /** What a test likes to choose. */
  readonly orderId?: typeof orderIdOf;
  readonly newKey?: () => string;
  readonly between?: (step: string, orderId: string) => Promise<void> | void;
  /** How often orders are looked for that were left half done, in milliseconds. */
  readonly every?: number;
}

/** Turns carts into orders: what is known is asked for at once, what costs money is done in order, and written down. */
export function createCheckout(
  peers: CheckoutPeers,
  log: SettlementLog,
  signals: Signals,
  { journal, orderId: idFor = orderIdOf, newKey = randomUUID, between = () => {}, every }: CheckoutOptions,
): { handlers: Handlers<"checkout">; recovery: Dependency } {
  const surroundings = { log, signals, newKey, between };
  const prepare = createPreparation(peers, journal, signals);
  const settle = createSettlement(peers, journal, surroundings);
  const tidy = createTidying(peers, journal, surroundings);

  const handlers: Handlers<"checkout"> = {
    placeOrder: createPlacing(journal, surroundings, { prepare, settle, tidy, idFor }),

    async getOrder({ orderId, userId }) {
      checkName("order_id", orderId);
      const order = await journal.find(orderId);
      if (!order || order.bill.userId !== userId) throw new RpcError("NOT_FOUND", "order_id: there is no such order");
      // That is for good, whatever became of the call that placed it: nobody needs to ask again.
      if (order.step === "failed" && order.failure) throw new RpcError("FAILED_PRECONDITION", order.failure.details);
      return answerOf(order) ?? Promise.reject(notSettled(orderId));
    },

    async listOrders({ userId }) {
      checkName("user_id", userId);
      const orders = await journal.list(userId);
      return { orders: orders.map(answerOf).filter((answer) => answer !== undefined) };
    },
  };
  return { handlers, recovery: createRecovery(journal, settle, tidy, surroundings, every) };
}
