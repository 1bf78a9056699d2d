import type { Answers, Peer } from "./wire.ts";

/** The original's recommendations: the whole catalogue at every call, as long as it takes, and five of it by lot. */
export const createRecommendation = (catalog: Peer<"catalog">): Answers<"recommendation"> => ({
  listRecommendations: async ({ productIds }) => {
    const { products } = await catalog.listProducts({});
    const hat = [...new Set(products.map(({ id }) => id))].filter((id) => !productIds.includes(id));
    const draw = () => hat.splice(Math.floor(Math.random() * hat.length), 1);
    return { productIds: Array.from({ length: Math.min(5, hat.length) }, draw).flat() };
  },
});
