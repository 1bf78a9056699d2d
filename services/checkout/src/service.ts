import { randomUUID } from "node:crypto";
import type { Handlers, Peers } from "@boutique/contract/topology";
import { committed } from "@boutique/rpc/context";
import { createPreparation } from "./preparation.ts";
import { createSettlement, type SettlementLog } from "./settlement.ts";
import type { Signals } from "./signals.ts";

export type CheckoutPeers = Peers<"cart" | "catalog" | "currency" | "email" | "payment" | "shipping">;

/** Turns carts into orders: what is known is asked for at once, what costs money is done in order. */
export function createCheckout(
  peers: CheckoutPeers,
  log: SettlementLog,
  signals: Signals,
  newOrderId: () => string = randomUUID,
): Handlers<"checkout"> {
  const prepare = createPreparation(peers, signals, newOrderId);
  const settle = createSettlement(peers, log, signals);
  return {
    async placeOrder(request) {
      const bill = await prepare(request);
      signals.priced(bill);
      // From here on money moves: the order is settled even if the shopper has gone.
      return committed(() => settle(bill));
    },
  };
}
