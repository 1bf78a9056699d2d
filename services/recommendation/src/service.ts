import { randomInt } from "node:crypto";
import type { Handlers, Peers } from "@boutique/contract/topology";
import { codeOf } from "@boutique/rpc/error";
import { sample } from "@boutique/runtime/sample";
import { createAssortment } from "./assortment.ts";
import type { Signals, Stage } from "./signals.ts";

const MOST = 5;

export interface Chance {
  /** A whole number below the one it is given. */
  readonly random?: (below: number) => number;
  readonly now?: () => number;
}

/** Suggests a few products by lot, none of those asked about; who asks does not matter. */
export function createRecommendation(
  { catalog }: Peers<"catalog">,
  signals: Signals,
  { random = (below) => randomInt(below), now = Date.now }: Chance = {},
): Handlers<"recommendation"> {
  const assortment = createAssortment(catalog, now);
  const choose = (products: readonly string[], asked: ReadonlySet<string>) =>
    sample(new Set(products.filter((id) => !asked.has(id))), MOST, random);

  const orSay = async <T>(stage: Stage, work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      signals.failed(stage, codeOf(error));
      throw error;
    }
  };
  return {
    listRecommendations: async ({ productIds: asked }) => {
      const products = await orSay("generation", assortment);
      const productIds = await orSay("processing", () => choose(products, new Set(asked)));
      signals.recommended(productIds);
      return { productIds };
    },
  };
}
