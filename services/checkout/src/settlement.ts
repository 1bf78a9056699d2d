import type { Message } from "@boutique/contract/proto";
import type { RpcError } from "@boutique/rpc/error";
import { createCharging } from "./charge.ts";
import { type Journal, LEASE_MS } from "./journal.ts";
import type { Move } from "./move.ts";
import { idOf, type Order } from "./order.ts";
import { createShipping } from "./parcel.ts";
import { patiently } from "./patience.ts";
import { createRefunding } from "./refund.ts";
import type { CheckoutPeers } from "./service.ts";
import type { Signals } from "./signals.ts";

/** Where it says what somebody must look after: with the error, which events have not. */
export interface SettlementLog {
  error(fields: object, words: string): void;
}

/** What became of an order: it is confirmed, or failed for good, and written down as that; it came to nothing; or not yet. */
export type Settled =
  | { readonly certain: Order }
  | { readonly nothing: RpcError }
  /** `unfinished` is why, or false where somebody else holds it by now. */
  | { readonly unfinished: unknown; readonly told?: RpcError; readonly left: Order };

/** What settling orders needs besides peers and journal. */
export interface Surroundings {
  readonly log: SettlementLog;
  readonly signals: Signals;
  /** A word that nobody has used before. */
  readonly newKey: () => string;
  /** Told between the steps of an order, and waited for: where a test may break in. */
  readonly between: (step: string, orderId: string) => Promise<void> | void;
}

/**
 * Brings an order to its end from where it is: charges, ships, or gives the money back. Each step is written down before
 * it is taken; who finds that somebody else holds the order by now leaves it to them.
 */
export function createSettlement(
  peers: CheckoutPeers,
  journal: Journal,
  { log, signals, newKey, between }: Surroundings,
) {
  const charge = createCharging(peers, log, signals, newKey);
  const ship = createShipping(peers, signals, newKey);
  const refund = createRefunding(peers, log, signals);

  /** Takes up an order: with the card of its shopper, or as it was left by somebody else. */
  return async (found: Order, holder: string, creditCard?: Message<"CreditCardInfo">): Promise<Settled> => {
    const take = (order: Order): Promise<Move> => {
      if (order.step === "charging") return charge(order, creditCard);
      return order.step === "shipping" ? ship(order, order === found) : refund(order);
    };
    const orderId = idOf(found);
    let order = found;
    while (isMoving(order)) {
      await between(order.step, orderId);
      const move = await take(order);
      if ("unfinished" in move) return { ...move, left: order };
      await between(done[order.step], orderId);
      if ("nothing" in move) {
        const forgotten = await patiently(() => journal.forget(order, holder), LEASE_MS);
        // Somebody else has it by now, and perhaps the shopper has placed it anew.
        return forgotten === true ? move : { unfinished: forgotten, left: order };
      }
      const { next } = move;
      const write = () => (next.step === "failed" ? journal.close(next, holder) : journal.write(next, holder));
      const outcome = await patiently(write, LEASE_MS);
      // Where no answer came it may be written: what is known by now must not be written over by what was.
      if (outcome !== true) return { unfinished: outcome, left: next };
      order = next;
      if (order.step === "confirmed") signals.completed(order);
      if (!isMoving(order)) await between("settled", orderId);
    }
    return { certain: order };
  };
}

const done = { charging: "charged", shipping: "shipped", refunding: "refunded" } as const;

const isMoving = (order: Order): order is Order & { step: keyof typeof done } => order.step in done;
