import type { Handlers } from "@boutique/contract/topology";
import { RpcError } from "@boutique/rpc/error";
import { quoted } from "@boutique/rpc/quoted";
import { delay } from "@boutique/runtime/delay";
import type { Catalogue } from "./catalogue.ts";

import type { Signals } from "./signals.ts";

/** Tells what is sold. Each answer comes of one catalogue, `extraLatency` milliseconds after it was asked for. */
export const createCatalog = (
  current: () => Catalogue,
  signals: Signals,
  extraLatency = 0,
  now: () => number = () => performance.now(),
): Handlers<"catalog"> => ({
  listProducts: async (_, context) => {
    await delay(extraLatency, context);
    return { products: [...current().products] };
  },

  getProduct: async ({ id }, context) => {
    await delay(extraLatency, context);
    const product = current().find(id);
    if (product) {
      signals.viewed(product);
      return product;
    }
    signals.missed(id);
    throw new RpcError("NOT_FOUND", `no product has the id ${quoted(id, 64)}`);
  },

  searchProducts: async ({ query }, context) => {
    const since = now();
    await delay(extraLatency, context);
    const results = [...current().search(query)];
    signals.searched(query, results.length, now() - since);
    return { results };
  },
});
