import type { Message } from "@boutique/contract/proto";
import { status } from "@grpc/grpc-js";
import { type Answers, fail } from "./wire.ts";

type Product = Message<"Product">;

/** The original's products, in its order; the words about them are short, and ours. */
export const products: readonly Product[] = [
  product("OLJCESPC7Z", "Sunglasses", "19.99", ["accessories"], "Aviator sunglasses, a modern touch for your outfits."),
  product("66VCHSJNUP", "Tank Top", "18.99", ["clothing", "tops"], "A cropped cotton tank with a scooped neckline."),
  product("1YMWWN1N4O", "Watch", "109.99", ["accessories"], "A gold-tone stainless-steel watch for most outfits."),
  product("L9ECAV7KIM", "Loafers", "89.99", ["footwear"], "Loafers for the summer wardrobe."),
  product(
    "2ZYFJ3GM2N",
    "Hairdryer",
    "24.99",
    ["hair", "beauty"],
    "A light travel hairdryer, 3 heat and speed settings.",
  ),
  product("0PUK6V6EV0", "Candle Holder", "18.99", ["decor", "home"], "Small and intricate: an excellent gift."),
  product("LS4PSXUNUM", "Salt & Pepper Shakers", "18.49", ["kitchen"], "They bring flavor to the kitchen."),
  product(
    "9SIQT8TOJO",
    "Bamboo Glass Jar",
    "5.49",
    ["kitchen"],
    "A bamboo glass jar of 57 oz (1.7 l) for any kitchen.",
  ),
  product("6E92ZMYYFZ", "Mug", "8.99", ["kitchen"], "A simple mug with a mustard interior."),
];

function product(id: string, name: string, price: string, categories: string[], description: string): Product {
  const [units = "", cents = ""] = price.split(".");
  const priceUsd = { currencyCode: "USD", units, nanos: Number(cents) * 10_000_000 };
  const picture = `/static/img/products/${name.toLowerCase().replace(" & ", "-and-").replaceAll(" ", "-")}.jpg`;
  return { id, name, description, picture, priceUsd, categories };
}

/** The original's catalogue: it searches in names and descriptions, not in categories, and ranks nothing. */
export const createCatalog = (): Answers<"catalog"> => ({
  listProducts: () => ({ products: [...products] }),

  getProduct: ({ id }) => products.find((product) => product.id === id) ?? fail(status.NOT_FOUND, `${id}: not found`),

  searchProducts: ({ query }) => {
    const wanted = query.toLowerCase();
    const has = (text: string) => text.toLowerCase().includes(wanted);
    return { results: products.filter(({ name, description }) => has(name) || has(description)) };
  },
});
