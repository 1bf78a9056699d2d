import { codeOf, failedWith } from "@boutique/rpc/error";
import { fateOf } from "./failure.ts";
import { type Move, neverDone } from "./move.ts";
import type { Order } from "./order.ts";
import type { CheckoutPeers } from "./service.ts";
import type { Signals } from "./signals.ts";

/** Where the first parcel came to nothing another one is asked for; after that the money is given back. */
const MOST_PARCELS = 2;

/**
 * Ships what was charged, once. Where no answer comes, and where somebody may have asked for the parcel before, shipping is
 * asked what became of it by its key, after which it sends none by that key.
 */
export function createShipping({ shipping }: CheckoutPeers, signals: Signals, newKey: () => string) {
  const shipped = (order: Order, { trackingId }: { trackingId: string }): Move => {
    signals.shipped();
    return { next: { ...order, step: "confirmed", trackingId } };
  };

  const giveBack = (order: Order, error: unknown, perhaps: boolean): Move => {
    const details = perhaps ? "was perhaps not shipped" : "could not be shipped";
    // What shipping has against the parcel is nothing that the shopper could mend.
    const code = fateOf(error) === "refused" ? "UNAVAILABLE" : codeOf(error);
    return { next: { ...order, step: "refunding", failure: { code, details } } };
  };

  const findOut = async (order: Order, lost?: unknown): Promise<Move> => {
    const { parcelKey: idempotencyKey = "" } = order;
    try {
      const found = await shipping.resolveShipment({ idempotencyKey });
      if (found.trackingId) return shipped(order, found);
      if (order.parcels >= MOST_PARCELS) return giveBack(order, lost ?? neverDone, false);
      return { next: { ...order, parcelKey: newKey(), parcels: order.parcels + 1 } };
    } catch (error) {
      if (!failedWith(error, "UNIMPLEMENTED")) return { unfinished: error };
      return giveBack(order, lost ?? neverDone, true);
    }
  };

  return async (order: Order, askedBefore: boolean): Promise<Move> => {
    if (askedBefore) return findOut(order);
    const { shippingAddress: address, items } = order.bill.order;
    const { parcelKey: idempotencyKey = "" } = order;
    try {
      const parcel = { address, items: items.map(({ item }) => item), idempotencyKey };
      return shipped(order, await shipping.shipOrder(parcel));
    } catch (error) {
      return fateOf(error) === "unknown" ? findOut(order, error) : giveBack(order, error, false);
    }
  };
}
