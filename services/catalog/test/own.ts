import { readData } from "@boutique/runtime/data";
import { createCatalogue } from "../src/catalogue.ts";
import { checkProducts, type Product } from "../src/products.ts";

/** The products that the shop sells unless it is told otherwise. */
export const ownProducts = readData(new URL("../data/products.json", import.meta.url), checkProducts);

/** All of them, ready to be searched. */
export const ownCatalogue = createCatalogue(ownProducts);

/** The names of products, which a reader of a test knows better than their ids. */
export const names = (products: readonly Product[]) => products.map(({ name }) => name);
