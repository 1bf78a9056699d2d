import type { Handlers } from "@boutique/contract/topology";
import { RpcError } from "@boutique/rpc/error";
import { checkKey, checkOptionalKey } from "@boutique/store/key";
import type { Records } from "@boutique/store/records";
import { quoteFor } from "./quote.ts";
import type { Signals } from "./signals.ts";
import { newTrackingId } from "./tracking.ts";

/** Ships anything anywhere for one flat fee; `parcels` are the tracking ids of those that were asked for by a key. */
export const createShipping = (
  signals: Signals,
  parcels: Records<string>,
  newId: () => string = newTrackingId,
): Handlers<"shipping"> => ({
  getQuote: ({ address, items }) => {
    signals.asked(address);
    try {
      const costUsd = quoteFor(items);
      signals.quoted(costUsd);
      return { costUsd };
    } catch (error) {
      signals.notQuoted(error);
      throw error;
    }
  },

  shipOrder: async ({ address, items, idempotencyKey: key }) => {
    const send = async () => {
      if (!address) throw new RpcError("INVALID_ARGUMENT", "address is missing");
      checkOptionalKey(key);
      if (key === "") return { trackingId: newId(), first: true };
      const { kept: trackingId, first } = await parcels.keep(key, newId());
      if (!trackingId) throw new RpcError("ABORTED", "idempotency_key: this parcel was given up");
      return { trackingId, first };
    };
    const { trackingId, first } = await send().catch((error) => {
      signals.notShipped(error);
      throw error;
    });
    if (first) signals.shipped(trackingId, address, items);
    else signals.repeated();
    return { trackingId };
  },

  resolveShipment: async ({ idempotencyKey }) => {
    checkKey(idempotencyKey);
    return { trackingId: (await parcels.giveUp(idempotencyKey)) ?? "" };
  },
});
