import type { Handlers } from "@boutique/contract/topology";
import { RpcError } from "@boutique/rpc/error";
import { quoteFor } from "./quote.ts";
import type { Signals } from "./signals.ts";
import { newTrackingId } from "./tracking.ts";

/** Ships anything anywhere for one flat fee. */
export const createShipping = (signals: Signals, trackingId: () => string = newTrackingId): Handlers<"shipping"> => ({
  getQuote: ({ address, items }) => {
    signals.asked(address);
    const costUsd = orSay(signals.notQuoted, () => quoteFor(items));
    signals.quoted(costUsd);
    return { costUsd };
  },

  shipOrder: ({ address, items }) => {
    const parcel = orSay(signals.notShipped, () => {
      if (!address) throw new RpcError("INVALID_ARGUMENT", "address is missing");
      return trackingId();
    });
    signals.shipped(parcel, address, items);
    return { trackingId: parcel };
  },
});

/** What came of some work, or word of its failure. */
function orSay<T>(say: (error: unknown) => void, work: () => T): T {
  try {
    return work();
  } catch (error) {
    say(error);
    throw error;
  }
}
