import type { CreateCard } from "./cards.ts";
import type { Page } from "./page.ts";
import { type Product, priceOf } from "./shelves.ts";
import type { Shop } from "./shop.ts";
import type { Signals } from "./signals.ts";

/** The pages to look around in: all products, and those that match some words. */
export function createBrowsing(shop: Shop, card: CreateCard, signals: Signals) {
  const priced = async (products: readonly Product[], currency: string) => {
    const prices = await shop.priced(products.map(priceOf), currency);
    return {
      products: products.map((product, index) => card(product, prices.amounts[index])),
      inDollars: prices.currency !== currency,
    };
  };

  const home: Page = async ({ userId, currency }) => {
    const [shelves, cartCount] = await Promise.all([
      shop.shelves.all().then((products) => priced(products, currency)),
      shop.cartCount(userId),
    ]);
    return { view: "home", title: "", data: { ...shelves, cartCount }, seen: signals.homeSeen };
  };

  const search: Page = async ({ userId, currency, form }) => {
    const query = (form.q ?? "").trim().slice(0, 100);
    const [shelves, cartCount] = await Promise.all([
      shop.shelves.search(query).then((products) => priced(products, currency)),
      shop.cartCount(userId),
    ]);
    const { products } = shelves;
    const found = `${products.length} ${products.length === 1 ? "product" : "products"}`;
    const heading = query === "" ? "Everything in the shop" : `${found} for “${query}”`;
    return {
      view: "search",
      title: heading,
      data: { ...shelves, count: products.length, query, heading, cartCount },
      seen: () => {
        // Whoever asks for nothing is shown everything, and has not searched.
        if (query !== "") signals.searched(products.length);
      },
    };
  };

  return { home, search };
}
