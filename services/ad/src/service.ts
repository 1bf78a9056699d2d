import { randomInt } from "node:crypto";
import type { Handlers } from "@boutique/contract/topology";
import { type Ad, adsFor, drawAds } from "./ads.ts";

/** Shows ads for what a page is about, or some by lot where there are none for it. */
export const createAd = (
  ads: readonly Ad[],
  random: (below: number) => number = (below) => randomInt(below),
): Handlers<"ad"> => ({
  getAds: ({ contextKeys }) => {
    const matching = adsFor(ads, contextKeys);
    return { ads: matching.length > 0 ? [...matching] : [...drawAds(ads, random)] };
  },
});
