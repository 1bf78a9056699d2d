import { randomInt } from "node:crypto";
import type { Handlers, Peers } from "@boutique/contract/topology";
import { sample } from "@boutique/runtime/sample";
import { createAssortment } from "./assortment.ts";

const MOST = 5;

export interface Chance {
  /** A whole number below the one it is given. */
  readonly random?: (below: number) => number;
  readonly now?: () => number;
}

/** Suggests a few products by lot, none of those asked about; who asks does not matter. */
export function createRecommendation(
  { catalog }: Peers<"catalog">,
  { random = (below) => randomInt(below), now = Date.now }: Chance = {},
): Handlers<"recommendation"> {
  const assortment = createAssortment(catalog, now);
  return {
    listRecommendations: async ({ productIds }) => {
      const asked = new Set(productIds);
      const others = new Set((await assortment()).filter((id) => !asked.has(id)));
      return { productIds: sample(others, MOST, random) };
    },
  };
}
