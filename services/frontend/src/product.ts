import { type CreateCard, recommended } from "./cards.ts";
import { marked } from "./marker.ts";
import type { PackagingOf } from "./packaging.ts";
import { notFound, type Page, type Reply, type Visit } from "./page.ts";
import { priceOf } from "./shelves.ts";
import type { Shop } from "./shop.ts";
import type { Signals } from "./signals.ts";

const quantities = [1, 2, 3, 4, 5, 10];

/** One product: its page, and what scripts are told of it. */
export function createProductPages(shop: Shop, card: CreateCard, packagingOf: PackagingOf, signals: Signals) {
  /** The page of a product; with an error, the page again after a quantity that will not do. */
  const page = async (visit: Visit, id: string, error?: string): Promise<Reply> => {
    const { userId, currency, form } = visit;
    const found = shop.shelves.now(id).then(async (product) => {
      if (!product) return undefined;
      const [prices, ad, packaging] = await Promise.all([
        shop.priced([priceOf(product)], currency),
        shop.ad(product),
        packagingOf(product.id),
      ]);
      return { product, prices, ad, packaging };
    });
    const [seen, cartCount, recommendations] = await Promise.all([
      found,
      shop.cartCount(userId),
      shop.recommendations(userId, [id]),
    ]);
    if (!seen) return notFound();
    const { product, prices, ad, packaging } = seen;
    return {
      view: "product",
      title: product.name,
      status: error === undefined ? 200 : 422,
      data: {
        product: {
          ...card(product, prices.amounts[0]),
          description: product.description,
          categories: product.categories.map((name) => ({ name, href: `/search?q=${encodeURIComponent(name)}` })),
        },
        quantities: quantities.map((value) => ({ value, selected: String(value) === form.quantity })),
        error,
        packaging,
        ad: ad && { href: marked(ad.redirectUrl, "ad"), text: ad.text },
        recommendations: recommended(card, recommendations),
        cartCount,
        inDollars: prices.currency !== currency,
      },
      seen: () => signals.productSeen(product, form.from),
    };
  };

  /** A product as JSON, for scripts. */
  const meta: Page = async ({ params: { id = "" } }) => {
    const product = await shop.shelves.now(id);
    if (!product) return { status: 404, json: { error: "there is no such product" } };
    const { name, description, picture, priceUsd, categories } = product;
    const price = priceUsd && {
      currency_code: priceUsd.currencyCode,
      units: Number(priceUsd.units),
      nanos: priceUsd.nanos,
    };
    return { json: { id, name, description, picture, price_usd: price, categories } };
  };

  return { page, meta };
}
