import type { Handlers } from "@boutique/contract/topology";
import { RpcError } from "@boutique/rpc/error";
import { quoted } from "@boutique/rpc/quoted";
import type { Catalogue } from "./catalogue.ts";
import { delay } from "./latency.ts";

/** Tells what is sold. Each answer comes of one catalogue, `extraLatency` milliseconds after it was asked for. */
export const createCatalog = (current: () => Catalogue, extraLatency = 0): Handlers<"catalog"> => ({
  listProducts: async (_, context) => {
    await delay(extraLatency, context);
    return { products: [...current().products] };
  },

  getProduct: async ({ id }, context) => {
    await delay(extraLatency, context);
    const product = current().find(id);
    if (product) return product;
    throw new RpcError("NOT_FOUND", `no product has the id ${quoted(id, 64)}`);
  },

  searchProducts: async ({ query }, context) => {
    await delay(extraLatency, context);
    return { results: [...current().search(query)] };
  },
});
