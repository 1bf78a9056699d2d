import { formatMoney } from "@boutique/money/format";
import type { Money } from "@boutique/money/money";
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
