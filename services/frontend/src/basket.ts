import { formatMoney } from "@boutique/money/format";
import { type Money, sum, times } from "@boutique/money/money";
import { failedWith } from "@boutique/rpc/error";
import { type CreateCard, recommended } from "./cards.ts";
import { createForm, type FieldErrors } from "./form.ts";
import { notFound, type Page, problem, type Reply, type Visit } from "./page.ts";
import { count, type Shop } from "./shop.ts";
import type { Signals } from "./signals.ts";

const free: Money = { currencyCode: "USD", units: "0", nanos: 0 };

/** The cart and what can be done with it short of ordering. */
export function createBasket(
  shop: Shop,
  card: CreateCard,
  productPage: (visit: Visit, id: string, error: string) => Promise<Reply>,
  signals: Signals,
) {
  /** The cart page; with errors, the page again after a form that will not do. */
  const cartPage = async (visit: Visit, errors: FieldErrors = {}, complaint?: string): Promise<Reply> => {
    const { userId, currency } = visit;
    const lines = await shop.cart(userId);
    const items = lines.map(({ productId, quantity }) => ({ productId, quantity }));
    const [quote, recommendations] = await Promise.all([
      lines.length > 0 ? shop.services.shipping.getQuote({ items }) : undefined,
      shop.recommendations(
        userId,
        lines.map(({ productId }) => productId),
      ),
    ]);
    const prices = lines.map(({ product }) => product?.priceUsd ?? free);
    const [shipping = free, ...costs] = await shop.convert([quote?.costUsd ?? free, ...prices], currency);
    const amounts = lines.map(({ quantity }, line) => times(costs[line] ?? free, quantity));
    const gone = lines.find(({ product }) => !product);
    return {
      view: "cart",
      title: "Your cart",
      status: complaint || Object.keys(errors).length > 0 ? 422 : 200,
      data: {
        empty: lines.length === 0,
        lines: lines.map(({ productId, quantity, product }, line) => ({
          ...(product ? card(product) : { name: "No longer sold", href: "/" }),
          id: productId,
          quantity,
          price: formatMoney(amounts[line] ?? free),
        })),
        count: count(lines),
        cartCount: count(lines),
        shipping: formatMoney(shipping),
        total: formatMoney(sum(currency, [shipping, ...amounts])),
        form: createForm(visit.form, errors),
        errors: Object.entries(errors).map(([field, text]) => ({ field, text })),
        problem: complaint ?? (gone && `${gone.productId} is no longer sold: please empty the cart and choose again.`),
        recommendations: recommended(card, recommendations),
      },
      seen: signals.cartSeen,
    };
  };

  const show: Page = (visit) => cartPage({ ...visit, form: {} });

  const add: Page = async (visit) => {
    const { product_id: productId = "", quantity: text = "" } = visit.form;
    if (productId === "") return problem(422, "Nothing was chosen", "The form did not say which product to add.");
    const quantity = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (quantity < 1 || quantity > 10) return productPage(visit, productId, "Please choose a quantity from 1 to 10.");
    const product = await shop.product(productId);
    if (!product) return notFound();
    const item = { productId: product.id, quantity };
    const added = await shop.services.cart.addItem({ userId: visit.userId, item }).catch((error) => {
      if (failedWith(error, "INVALID_ARGUMENT")) return undefined;
      throw error;
    });
    return added ? { redirect: "/cart" } : productPage(visit, productId, "Your cart holds no more of this product.");
  };

  const empty: Page = async ({ userId }) => {
    await shop.services.cart.emptyCart({ userId });
    return { redirect: "/" };
  };

  return { show, add, empty, cartPage };
}
