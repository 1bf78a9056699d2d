import { formatMoney } from "@boutique/money/format";
import type { Money } from "@boutique/money/money";
import { marked } from "./marker.ts";
import type { Product } from "./shop.ts";

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

export const createCard =
  (pictureOf: PictureOf) =>
  ({ id, name, picture }: Product, price?: Money): Card => ({
    id,
    name,
    href: `/product/${id}`,
    picture: pictureOf(picture),
    price: price && formatMoney(price),
  });

export type CreateCard = ReturnType<typeof createCard>;

/** Products as recommendations: their links say that they are. */
export const recommended = (card: CreateCard, products: readonly Product[]): Card[] =>
  products.map((product) => card(product)).map((seen) => ({ ...seen, href: marked(seen.href, "recommendation") }));
