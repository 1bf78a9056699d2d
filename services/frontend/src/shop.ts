import type { Message } from "@boutique/contract/proto";
import type { Peers } from "@boutique/contract/topology";
import { type Converter, createConverter, remembering } from "@boutique/money/convert";
import type { Money } from "@boutique/money/money";
import { kept } from "@boutique/rpc/kept";
import type { Parts } from "./parts.ts";
import { createShelves, type Product } from "./shelves.ts";

export type ShopPeers = Peers<"ad" | "cart" | "catalog" | "checkout" | "currency" | "recommendation" | "shipping">;
type CartItem = Message<"CartItem">;

/** How long what is the same for every shopper is kept. */
const KEPT_MS = 5_000;

/** The currencies that the shop offers, if the service knows them. */
export const offered = ["USD", "EUR", "CAD", "JPY", "GBP", "TRY"];

/** What pages ask of the services, each in as few calls as it takes; of what is away, what they make do with. */
export function createShop(peers: ShopPeers, parts: Parts, random: () => number = Math.random) {
  const { ad, cart, catalog, currency, recommendation, shipping } = peers;
  const shelves = createShelves(catalog, parts);
  const currencies = kept(KEPT_MS, async () => {
    const { currencyCodes } = await parts.ask("currency", currency.getSupportedCurrencies({}));
    return currencyCodes.filter((code) => offered.includes(code));
  });
  const converter = createConverter(currency);
  const convert: Converter = (amounts, code) => parts.ask("currency", converter(amounts, code));
  let remembered = remembering(convert, KEPT_MS);

  const shop = {
    /** The services themselves, for what they do in one plain call. */
    services: peers,
    shelves,

    /** Amounts in dollars as they are shown, at rates that are at most as old; in dollars while nobody can convert. */
    priced(amounts: readonly Money[], code: string): Promise<{ amounts: readonly Money[]; currency: string }> {
      const converted = remembered(amounts, code).then((amounts) => ({ amounts, currency: code }));
      return parts.instead("currency", converted, () => ({ amounts, currency: "USD" }));
    },

    /** Looks again at what prices are made of, whatever is kept. */
    async renew(): Promise<void> {
      remembered = remembering(convert, KEPT_MS);
      await shelves.renew().catch(() => {});
    },

    /** The codes that a shopper may choose, in the service's order. Once they are known, no page waits for news of them. */
    currencies(): readonly string[] | Promise<readonly string[]> {
      const asked = currencies.get().catch(() => currencies.last() ?? offered);
      return currencies.last() ?? asked;
    },

    cart: async (userId: string) => (await parts.ask("cart", cart.getCart({ userId }))).items,
    /** How many things are in a cart; undefined while nobody can say. */
    cartCount: (userId: string) => parts.instead("cart", shop.cart(userId).then(count), () => undefined),
    /** What it costs to ship a cart, in dollars; undefined while nobody can say. */
    quote: (items: CartItem[]): Promise<Money | undefined> =>
      parts.instead(
        "shipping",
        parts.ask("shipping", shipping.getQuote({ items })).then(({ costUsd }) => costUsd ?? undefined),
        () => undefined,
      ),

    /** Up to four products that go with some others; none when nobody can say. */
    async recommendations(userId: string, productIds: string[]): Promise<Product[]> {
      // Names and pictures may be a little old here: what can be left out waits for nothing.
      const seen = shelves.lastSeen();
      const [answer, all] = await Promise.all([
        recommendation.listRecommendations({ userId, productIds }),
        seen.length > 0 ? seen : shelves.all(),
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

/** How many things are in a cart. */
export const count = (items: readonly { quantity: number }[]): number =>
  items.reduce((sum, { quantity }) => sum + quantity, 0);
