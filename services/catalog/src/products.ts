import type { Message } from "@boutique/contract/proto";
import { entry, list, text, whole } from "./json.ts";

/** A product as it is sold and as it crosses the wire. */
export type Product = Message<"Product">;

/** Makes products of what a product file says. Throws an Error that names the entry which is not as it must be. */
export function checkProducts(json: unknown): readonly Product[] {
  const products = list(entry(json, "the file", ["products"]).products, "products", checkProduct);
  if (products.length === 0) throw new Error("products is empty: there must be something to sell");
  const ids = products.map(({ id }) => id);
  const again = ids.findIndex((id, index) => ids.indexOf(id) < index);
  if (again >= 0) throw new Error(`products[${again}].id is ${ids[again]}: that of an earlier product`);
  return products;
}

function checkProduct(json: unknown, where: string): Product {
  const keys = ["id", "name", "description", "picture", "priceUsd", "categories"];
  const { id, name, description = "", picture, priceUsd, categories = [] } = entry(json, where, keys);
  return {
    id: text(id, `${where}.id`, /^[\w-]{1,64}$/, "1 to 64 letters, digits, - or _"),
    name: text(name, `${where}.name`, /\S/, "a name"),
    description: text(description, `${where}.description`, /^/, "a text"),
    picture: text(picture, `${where}.picture`, /^\/(?!\/)\S+$/, "a path in the shop that begins with /"),
    priceUsd: checkPrice(priceUsd, `${where}.priceUsd`),
    categories: list(categories, `${where}.categories`, (word, where) => text(word, where, /^\S+$/, "one word")),
  };
}

function checkPrice(json: unknown, where: string): Message<"Money"> {
  const { currencyCode, units, nanos } = entry(json, where, ["currencyCode", "units", "nanos"]);
  return {
    currencyCode: text(currencyCode, `${where}.currencyCode`, /^USD$/, '"USD"'),
    units: String(whole(units, `${where}.units`, 2n ** 63n - 1n)),
    nanos: Number(whole(nanos, `${where}.nanos`, 999_999_999n)),
  };
}
