import type { CreateCard } from "./cards.ts";
import type { PackagingOf } from "./packaging.ts";
import { notFound, type Page, type Reply, type Visit } from "./page.ts";
import type { Product, Shop } from "./shop.ts";

const quantities = [1, 2, 3, 4, 5, 10];

/** The pages to look around in: all products, those that match some words, and one. */
export function createBrowsing(shop: Shop, card: CreateCard, packagingOf: PackagingOf) {
  const priced = async (products: readonly Product[], currency: string) => {
    const prices = await shop.convert(products.map(priceOf), currency);
    return products.map((product, index) => card(product, prices[index]));
  };

  const home: Page = async ({ userId, currency }) => {
    const [products, cartCount] = await Promise.all([
      shop.products().then((products) => priced(products, currency)),
      shop.cartCount(userId),
    ]);
    return { view: "home", title: "Online Boutique", data: { products, cartCount } };
  };

  const search: Page = async ({ userId, currency, form }) => {
    const query = (form.q ?? "").trim().slice(0, 100);
    const [products, cartCount] = await Promise.all([
      shop.services.catalog.searchProducts({ query }).then(({ results }) => priced(results, currency)),
      shop.cartCount(userId),
    ]);
    const found = `${products.length} ${products.length === 1 ? "product" : "products"}`;
    const heading = query === "" ? "Everything in the shop" : `${found} for “${query}”`;
    return { view: "search", title: heading, data: { products, count: products.length, query, heading, cartCount } };
  };

  /** The page of a product; with an error, the page again after a quantity that will not do. */
  const productPage = async (visit: Visit, id: string, error?: string): Promise<Reply> => {
    const { userId, currency, form } = visit;
    const found = shop.freshProduct(id).then(async (product) => {
      if (!product) return undefined;
      const [[price], ad, packaging] = await Promise.all([
        shop.convert([priceOf(product)], currency),
        shop.ad(product),
        packagingOf(product.id),
      ]);
      return { product, price, ad, packaging };
    });
    const [seen, cartCount, recommendations] = await Promise.all([
      found,
      shop.cartCount(userId),
      shop.recommendations(userId, [id]),
    ]);
    if (!seen) return notFound();
    const { product, price, ad, packaging } = seen;
    return {
      view: "product",
      title: product.name,
      status: error === undefined ? 200 : 422,
      data: {
        product: {
          ...card(product, price),
          description: product.description,
          categories: product.categories.map((name) => ({ name, href: `/search?q=${encodeURIComponent(name)}` })),
        },
        quantities: quantities.map((value) => ({ value, selected: String(value) === form.quantity })),
        error,
        packaging,
        ad: ad && { href: ad.redirectUrl, text: ad.text },
        recommendations: recommendations.map((other) => card(other)),
        cartCount,
      },
    };
  };

  /** A product as JSON, for scripts. */
  const productMeta: Page = async ({ params: { id = "" } }) => {
    const product = await shop.freshProduct(id);
    if (!product) return { status: 404, json: { error: `no product ${id}` } };
    const { name, description, picture, priceUsd, categories } = product;
    const price = priceUsd && {
      currency_code: priceUsd.currencyCode,
      units: Number(priceUsd.units),
      nanos: priceUsd.nanos,
    };
    return { json: { id, name, description, picture, price_usd: price, categories } };
  };

  return { home, search, productPage, productMeta };
}

const priceOf = ({ priceUsd }: Product) => priceUsd ?? { currencyCode: "USD", units: "0", nanos: 0 };
