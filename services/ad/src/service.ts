import { randomInt } from "node:crypto";
import type { Handlers } from "@boutique/contract/topology";
import { codeOf, RpcError } from "@boutique/rpc/error";
import { type Ad, adsFor, drawAds, wishesOf } from "./ads.ts";
import type { Match, Signals } from "./signals.ts";

/** Shows ads for what a page is about, or some by lot where there are none for it. */
export const createAd = (
  ads: readonly Ad[],
  signals: Signals,
  random: (below: number) => number = (below) => randomInt(below),
): Handlers<"ad"> => {
  const choose = (wishes: readonly string[]): readonly [Match, readonly Ad[]] => {
    const matching = adsFor(ads, wishes);
    return matching.length > 0 ? ["category", matching] : ["lot", drawAds(ads, random)];
  };
  return {
    getAds: ({ contextKeys }) => {
      try {
        const wishes = wishesOf(contextKeys);
        const [match, chosen] = choose(wishes);
        signals.shown(wishes, match, chosen);
        return { ads: [...chosen] };
      } catch (error) {
        // Of a fault of our own the words are for the log.
        signals.failed(codeOf(error), error instanceof RpcError ? error.details : "a fault");
        throw error;
      }
    },
  };
};
