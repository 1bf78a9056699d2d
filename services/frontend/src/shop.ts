import type { Message } from "@boutique/contract/proto";
import type { Peers } from "@boutique/contract/topology";
import { createConverter, remembering } from "@boutique/money/convert";
import type { Money } from "@boutique/money/money";
import { failedWith } from "@boutique/rpc/error";
import { kept } from "@boutique/rpc/kept";

export type ShopPeers = Peers<"ad" | "cart" | "catalog" | "checkout" | "currency" | "recommendation" | "shipping">;
export type Product = Message<"Product">;

/** How long what is the same for every shopper is kept. */
const KEPT_MS = 5_000;

/** The currencies that the shop offers, if the service knows them. */
export const offered = ["USD", "EUR", "CAD", "JPY", "GBP", "TRY"];

/** What pages ask of the services, each in as few calls as it takes. */
export function createShop(peers: ShopPeers, random: () => number = Math.random) {
  const { ad, cart, catalog, currency, recommendation } = peers;
  const products = kept(KEPT_MS, async () => (await catalog.listProducts({})).products);
  const currencies = kept(KEPT_MS, async () => {
    const { currencyCodes } = await currency.getSupportedCurrencies({});
    return currencyCodes.filter((code) => offered.includes(code));
  });

  const product = async (id: string): Promise<Product | undefined> => {
    const known = (await products.get()).find((product) => product.id === id);
    return known ?? shop.freshProduct(id);
  };

  const shop = {
    /** The services themselves, for what they do in one plain call. */
    services: peers,

    /** Amounts as they are shown, at rates that are at most as old. */
    convert: remembering(createConverter(currency), KEPT_MS),
    products: products.get,

    /** A product of the list. */
    product,
    /** The products as they were last seen, without asking. */
    knownProducts: () => products.last() ?? [],

    /** The codes that a shopper may choose, in the service's order. */
    currencies: () => currencies.get().catch(() => currencies.last() ?? offered),

    /** A product as the catalogue has it now; undefined when it has none of that id. */
    freshProduct: (id: string): Promise<Product | undefined> =>
      catalog.getProduct({ id }).catch((error) => {
        if (failedWith(error, "NOT_FOUND")) return undefined;
        throw error;
      }),

    /** A shopper's cart, each line with its product if there still is one. */
    async cart(userId: string) {
      const { items } = await cart.getCart({ userId });
      return Promise.all(items.map(async (item) => ({ ...item, product: await product(item.productId) })));
    },

    cartCount: async (userId: string) => count((await cart.getCart({ userId })).items),

    /** Up to four products that go with some others; none when nobody can say. */
    async recommendations(userId: string, productIds: string[]): Promise<Product[]> {
      // Names and pictures may be a little old here: what can be left out waits for nothing.
      const [answer, all] = await Promise.all([
        recommendation.listRecommendations({ userId, productIds }),
        products.last() ?? products.get(),
      ]).catch(() => [undefined, []] as const);
      const found = answer?.productIds.map((id) => all.find((product) => product.id === id)) ?? [];
      return found.filter((product) => product !== undefined).slice(0, 4);
    },

    /** An ad for the page of a product, never one that leads to that very page; none when nobody can say. */
    async ad({ id, categories }: Product) {
      const { ads } = await ad.getAds({ contextKeys: categories }).catch(() => ({ ads: [] }));
      const elsewhere = ads.filter(({ redirectUrl }) => redirectUrl !== `/product/${id}`);
      return elsewhere[Math.floor(random() * elsewhere.length)];
    },
  };
  return shop;
}

export type Shop = ReturnType<typeof createShop>;

/** What a product costs, in dollars. */
export const priceOf = ({ priceUsd }: Product): Money => priceUsd ?? { currencyCode: "USD", units: "0", nanos: 0 };

/** How many things are in a cart. */
export const count = (items: readonly { quantity: number }[]): number =>
  items.reduce((sum, { quantity }) => sum + quantity, 0);
