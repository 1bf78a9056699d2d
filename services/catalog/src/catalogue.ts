import type { Product } from "./products.ts";
import { createSearch, type Search } from "./search.ts";

/** What is sold, at one moment: it never changes, another one takes its place. */
export interface Catalogue {
  /** All products, in the order of the file. */
  readonly products: readonly Product[];
  readonly find: (id: string) => Product | undefined;
  readonly search: Search;
}

/** Prepares products to be listed, found and searched. */
export function createCatalogue(products: readonly Product[]): Catalogue {
  const byId = new Map(products.map((product) => [product.id, product]));
  return { products, find: (id) => byId.get(id), search: createSearch(products) };
}
