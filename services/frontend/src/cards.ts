import { formatMoney } from "@boutique/money/format";
import type { Money } from "@boutique/money/money";
import { marked } from "./marker.ts";
import type { Product } from "./shelves.ts";

/** A product as a picture with a name that leads to its page, and its price if it is known. */
export interface Card {
  readonly id: string;
  readonly name: string;
  readonly href: string;
  readonly picture: string;
  readonly price: string | undefined;
}

/** Where the picture of a product is: ours by name, drawn crisp, or whatever path a catalogue gives. */
export type PictureOf = (path: string) => string;

/**
 * Makes cards. A product at a price has one card, which stands wherever the product is shown, so that the page can tell
 * that it was shown before.
 */
export function createCards(pictureOf: PictureOf) {
  const known = new WeakMap<Product, Map<string, Card>>();
  return (product: Product, price?: Money): Card => {
    const { id, name, picture } = product;
    const at = price ? formatMoney(price) : undefined;
    const cards = known.get(product) ?? new Map<string, Card>();
    known.set(product, cards);
    const card = cards.get(at ?? "") ?? { id, name, href: `/product/${id}`, picture: pictureOf(picture), price: at };
    cards.set(at ?? "", card);
    return card;
  };
}

export type CreateCard = ReturnType<typeof createCards>;

const suggestions = new WeakMap<Card, Card>();

/** Products as recommendations: their links say that they are. */
export const recommended = (card: CreateCard, products: readonly Product[]): Card[] =>
  products.map((product) => {
    const seen = card(product);
    const suggested = suggestions.get(seen) ?? { ...seen, href: marked(seen.href, "recommendation") };
    suggestions.set(seen, suggested);
    return suggested;
  });
