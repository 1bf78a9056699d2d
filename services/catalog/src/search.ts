import type { Product } from "./products.ts";

/** Finds products by words; the best come first. */
export type Search = (query: string) => readonly Product[];

/**
 * A search over products. A product is found when every word of the query stands somewhere in it, in whole or as part
 * of a longer word. First come those for which the name is enough, then those that need the categories too, then those
 * that need the description; among equals the order of the file. A query without words finds all.
 */
export function createSearch(products: readonly Product[]): Search {
  const entries = products.map((product) => {
    const name = fold(product.name);
    const categories = `${name}\n${fold(product.categories.join("\n"))}`;
    return { product, texts: [name, categories, `${categories}\n${fold(product.description)}`] };
  });
  return (query) => {
    const words = [...new Set(fold(query).split(/\s+/))];
    return entries
      .map(({ product, texts }) => ({
        product,
        rank: texts.findIndex((text) => words.every((word) => text.includes(word))),
      }))
      .filter(({ rank }) => rank >= 0)
      .sort((one, other) => one.rank - other.rank)
      .map(({ product }) => product);
  };
}

// By way of lower case to upper: what is one letter to a reader becomes one (ß, ẞ and ss, σ and ς).
const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().toUpperCase();
