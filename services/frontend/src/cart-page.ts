import { randomUUID } from "node:crypto";
import { formatMoney } from "@boutique/money/format";
import { billOf } from "./bill.ts";
import { type CreateCard, recommended } from "./cards.ts";
import { createForm, type FieldErrors } from "./form.ts";
import type { Shown, Visit, Way } from "./page.ts";
import { count, type Shop } from "./shop.ts";
import type { Signals } from "./signals.ts";
import { dropKey, keepKey, written } from "./terms.ts";

/** What the cart page says of a form that was sent, and under which key it is to be sent next; a new one by default. */
export interface Again {
  readonly errors?: FieldErrors;
  readonly complaint?: string;
  /** Why the order is another one than the shopper saw, given what it comes to. */
  readonly changed?: (total: string) => string;
  /** A link that leads to what is spoken of. */
  readonly way?: Way | undefined;
  readonly key?: string | undefined;
}

export type CartPage = (visit: Visit, again?: Again) => Promise<Shown>;

/** The cart page; after a form that will not do, the page again with what is wrong. */
export const createCartPage =
  (shop: Shop, card: CreateCard, signals: Signals): CartPage =>
  async (visit, { errors = {}, complaint, changed, way, key = randomUUID() } = {}) => {
    const { userId, currency } = visit;
    const items = await shop.cart(userId);
    const ids = items.map(({ productId }) => productId);
    const [bill, recommendations] = await Promise.all([
      billOf(shop, items, currency),
      shop.recommendations(userId, ids),
    ]);
    const gone = bill.lines.find(({ product }) => !product);
    const total = `${formatMoney(bill.total)}${bill.shipping ? "" : " plus shipping"}`;
    const wrong =
      changed?.(total) ??
      complaint ??
      (gone && `${gone.productId} is no longer sold: please empty the cart and choose again.`);
    return {
      view: "cart",
      title: "Your cart",
      status: changed ? 409 : complaint || Object.keys(errors).length > 0 ? 422 : 200,
      data: {
        empty: items.length === 0,
        lines: bill.lines.map(({ productId, quantity, product, amount }) => ({
          ...(product ? card(product) : { name: "No longer sold", href: "/" }),
          id: productId,
          quantity,
          price: formatMoney(amount),
        })),
        count: count(items),
        cartCount: count(items),
        shipping: bill.shipping ? formatMoney(bill.shipping) : "Not known yet",
        total,
        inDollars: bill.currency !== currency,
        form: createForm(visit.form, errors),
        order: bill.shipping && { key, total: written(bill.total) },
        errors: Object.entries(errors).map(([field, text]) => ({ field, text })),
        problem: wrong,
        way,
        recommendations: recommended(card, recommendations),
      },
      // An order by the key that was kept has taken what was in it.
      cookies: items.length === 0 ? dropKey(visit) : bill.shipping ? keepKey(key) : {},
      seen: signals.cartSeen,
    };
  };
