import { randomUUID } from "node:crypto";
import { failedWith, RpcError } from "@boutique/rpc/error";
import type { Log } from "@boutique/telemetry/log";
import { type CreateCard, recommended } from "./cards.ts";
import type { CartPage } from "./cart-page.ts";
import { isField } from "./fields.ts";
import { checkForm, type FieldErrors, orderOf } from "./form.ts";
import { notOrdered, toldOf } from "./not-ordered.ts";
import { type Page, problem } from "./page.ts";
import type { ReceiptOf } from "./receipt.ts";
import type { Shop } from "./shop.ts";
import type { Signals } from "./signals.ts";
import { dropKey, termsOf } from "./terms.ts";

/** Places an order and shows it; with anything the shopper can mend, shows the cart and its form again. */
export const createOrdering =
  (shop: Shop, card: CreateCard, receiptOf: ReceiptOf, cartPage: CartPage, log: Log, signals: Signals): Page =>
  async (visit) => {
    const { userId, currency, form } = visit;
    signals.checkoutSent();
    const terms = termsOf(form);
    if ("wrong" in terms) return problem(422, "The form cannot be taken as it is", terms.wrong, [toCart]);
    const { total: expectedTotal = null, key = randomUUID() } = terms;
    const errors = checkForm(form);
    if (Object.keys(errors).length > 0) return cartPage(visit, { errors, key });

    // What the shopper saw is what counts, also where the currency was changed since, or could not be had.
    const userCurrency = expectedTotal?.currencyCode ?? currency;
    const request = { userId, userCurrency, idempotencyKey: key, expectedTotal, ...orderOf(form) };
    const placed = await shop.services.checkout.placeOrder(request).then(receiptOf).catch(rpcError);
    if (placed instanceof RpcError) {
      const cookies = dropKey(visit);
      if (failedWith(placed, "ABORTED") && placed.details.startsWith("expected_total")) {
        await shop.renew();
        return { ...(await cartPage(visit, { changed: true })), cookies };
      }
      // Once there is an order by that number there is nothing to mend, whatever the code.
      const mendable = !toldOf(placed) && failedWith(placed, "INVALID_ARGUMENT", "FAILED_PRECONDITION");
      return mendable
        ? { ...(await cartPage(visit, complaintOf(placed))), cookies }
        : notOrdered(placed, visit, key, log);
    }

    // The order stands: nothing that is merely shown with it may fail from here on.
    const recommendations = await shop.recommendations(userId, []);
    signals.ordered(placed.orderId, placed.count, placed.paid);
    return {
      view: "order",
      title: "Your order is complete",
      data: { ...placed, thanks: true, email: request.email, recommendations: recommended(card, recommendations) },
      cookies: dropKey(visit),
    };
  };

const toCart = { label: "Back to your cart", href: "/cart" };

/** A failure of the call is an answer to look at; anything else is thrown on. */
function rpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  throw error;
}

/** What the checkout service refused, at the field that its words name, else above the form. */
function complaintOf({ details }: RpcError): { errors: FieldErrors } | { complaint: string } {
  const [, path = "", words = details] = /^([a-z_.[\]0-9]+):? (.*)$/s.exec(details) ?? [];
  const field = path.split(".").at(-1) ?? "";
  const sentence = `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.?!]$/.test(words) ? "" : "."}`;
  return isField(field) ? { errors: { [field]: sentence } } : { complaint: sentence };
}
