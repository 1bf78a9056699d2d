import { formatMoney } from "@boutique/money/format";
import { sum, times } from "@boutique/money/money";
import { failedWith, RpcError } from "@boutique/rpc/error";
import type { Log } from "@boutique/telemetry/log";
import { type CreateCard, recommended } from "./cards.ts";
import { isField } from "./fields.ts";
import { checkForm, type FieldErrors, orderOf } from "./form.ts";
import { notOrdered } from "./not-ordered.ts";
import type { Page, Reply, Visit } from "./page.ts";
import { count, type Shop } from "./shop.ts";
import type { Signals } from "./signals.ts";

type CartPage = (visit: Visit, errors?: FieldErrors, complaint?: string) => Promise<Reply>;

/** Places an order and shows it; with anything the shopper can mend, shows the cart and its form again. */
export const createOrdering =
  (shop: Shop, card: CreateCard, cartPage: CartPage, log: Log, signals: Signals): Page =>
  async (visit) => {
    const { userId, currency, form } = visit;
    signals.checkoutSent();
    const errors = checkForm(form);
    if (Object.keys(errors).length > 0) return cartPage(visit, errors);

    const request = { userId, userCurrency: currency, ...orderOf(form) };
    const placed = await shop.services.checkout.placeOrder(request).catch(rpcError);
    if (placed instanceof RpcError) {
      const mendable = failedWith(placed, "INVALID_ARGUMENT", "FAILED_PRECONDITION");
      return mendable ? cartPage(visit, ...complaintOf(placed)) : notOrdered(placed, log);
    }
    if (!placed.order?.shippingCost) throw new Error("the checkout service answered without an order");

    // The order stands: nothing that is merely shown with it may fail from here on.
    const recommendations = await shop.recommendations(userId, []);
    const { orderId, shippingTrackingId, items, shippingCost } = placed.order;
    const products = new Map(shop.knownProducts().map((product) => [product.id, product]));
    const nothing = { ...shippingCost, units: "0", nanos: 0 };
    const lines = items.map(({ item, cost }) => {
      const { productId = "", quantity = 0 } = item ?? {};
      const product = products.get(productId);
      const seen = product ? card(product) : { name: productId, href: `/product/${productId}` };
      return { ...seen, quantity, amount: times(cost ?? nothing, quantity) };
    });
    const total = sum(shippingCost.currencyCode, [shippingCost, ...lines.map(({ amount }) => amount)]);
    signals.ordered(orderId, count(lines), total);
    return {
      view: "order",
      title: "Your order is complete",
      data: {
        orderId,
        trackingId: shippingTrackingId,
        email: request.email,
        items: lines.map(({ amount, ...line }) => ({ ...line, price: formatMoney(amount) })),
        shipping: formatMoney(shippingCost),
        total: formatMoney(total),
        recommendations: recommended(card, recommendations),
        cartCount: 0,
      },
    };
  };

/** A failure of the call is an answer to look at; anything else is thrown on. */
function rpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  throw error;
}

/** What the checkout service refused, at the field that its words name, else above the form. */
function complaintOf({ details }: RpcError): [FieldErrors, string | undefined] {
  const [, path = "", words = details] = /^([a-z_.[\]0-9]+):? (.*)$/s.exec(details) ?? [];
  const field = path.split(".").at(-1) ?? "";
  const sentence = `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.?!]$/.test(words) ? "" : "."}`;
  return isField(field) ? [{ [field]: sentence }, undefined] : [{}, sentence];
}
