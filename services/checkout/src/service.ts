import { randomUUID } from "node:crypto";
import type { Handlers, Peers } from "@boutique/contract/topology";
import { committed } from "@boutique/rpc/context";
import { RpcError } from "@boutique/rpc/error";
import type { Dependency } from "@boutique/runtime/start";
import { beforeTheCharge } from "./failure.ts";
import { follow } from "./follow.ts";
import type { Journal } from "./journal.ts";
import { answerOf, notSettled, opened } from "./order.ts";
import { orderIdOf } from "./order-id.ts";
import { createPreparation } from "./preparation.ts";
import { createRecovery } from "./recovery.ts";
import { checkName } from "./request.ts";
import { createSettlement, type SettlementLog } from "./settlement.ts";
import type { Signals } from "./signals.ts";
import { createTidying } from "./tidying.ts";

export type CheckoutPeers = Peers<"cart" | "catalog" | "currency" | "email" | "payment" | "shipping">;

/** How soon others take up what could not be finished here, in milliseconds. */
const HANDOVER_MS = 500;

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
    async placeOrder(request) {
      const orderId = idFor(request.userId, request.idempotencyKey || newKey());
      const bill = await prepare(request, orderId);
      if (!bill) return follow(journal, orderId, signals);
      const holder = newKey();
      const order = opened(bill, Date.now(), newKey());
      if (!(await journal.write(order, holder).catch(beforeTheCharge))) return follow(journal, orderId, signals);
      signals.priced(bill);
      await between("opened", orderId);
      // From here on money moves: the order is settled even if the shopper has gone.
      const settled = await committed(() => settle(order, holder, bill.creditCard));
      if ("nothing" in settled) throw settled.nothing;
      if ("unfinished" in settled) {
        if (settled.unfinished !== false) await journal.write(settled.left, holder, HANDOVER_MS).catch(() => {});
        if (settled.told) throw settled.told;
        return follow(journal, orderId);
      }
      if (settled.certain.step === "confirmed") await tidy.soon(settled.certain, holder);
      return answerOf(settled.certain) ?? {};
    },

    async getOrder({ orderId, userId }) {
      checkName("order_id", orderId);
      const order = await journal.find(orderId);
      if (!order || order.bill.userId !== userId) throw new RpcError("NOT_FOUND", "order_id: there is no such order");
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
