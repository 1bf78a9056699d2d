import type { Handlers } from "@boutique/contract/topology";
import { RpcError } from "@boutique/rpc/error";
import { quoteFor } from "./quote.ts";
import { newTrackingId } from "./tracking.ts";

/** Ships anything anywhere for one flat fee. */
export const createShipping = (trackingId: () => string = newTrackingId): Handlers<"shipping"> => ({
  getQuote: ({ items }) => ({ costUsd: quoteFor(items) }),

  shipOrder: ({ address }) => {
    if (!address) throw new RpcError("INVALID_ARGUMENT", "address is missing");
    return { trackingId: trackingId() };
  },
});
