import { failedWith } from "@boutique/rpc/error";
import type { CartPage } from "./cart-page.ts";
import { notFound, type Page, problem, type Reply, type Visit } from "./page.ts";
import type { Shop } from "./shop.ts";
import { dropKey } from "./terms.ts";

/** The cart and what can be done with it short of ordering. */
export function createBasket(
  shop: Shop,
  cartPage: CartPage,
  productPage: (visit: Visit, id: string, error: string) => Promise<Reply>,
) {
  const show: Page = (visit) => cartPage({ ...visit, form: {} }, { key: visit.pendingKey });

  const add: Page = async (visit) => {
    const { product_id: productId = "", quantity: text = "" } = visit.form;
    if (productId === "") return problem(422, "Nothing was chosen", "The form did not say which product to add.");
    const quantity = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (quantity < 1 || quantity > 10) return productPage(visit, productId, "Please choose a quantity from 1 to 10.");
    const [product] = await shop.shelves.find([productId]);
    if (!product) return notFound();
    const item = { productId: product.id, quantity };
    const added = await shop.services.cart.addItem({ userId: visit.userId, item }).catch((error) => {
      if (failedWith(error, "INVALID_ARGUMENT")) return undefined;
      throw error;
    });
    return added ? { redirect: "/cart" } : productPage(visit, productId, "Your cart holds no more of this product.");
  };

  const empty: Page = async (visit) => {
    await shop.services.cart.emptyCart({ userId: visit.userId });
    return { redirect: "/", cookies: dropKey(visit) };
  };

  return { show, add, empty };
}
