import { randomUUID } from "node:crypto";
import { failedWith, RpcError } from "@boutique/rpc/error";
import type { Log } from "@boutique/telemetry/log";
import { type CreateCard, recommended } from "./cards.ts";
import type { CartPage } from "./cart-page.ts";
import { isField } from "./fields.ts";
import { checkForm, type FieldErrors, orderOf } from "./form.ts";
import { notOrdered, toCart, toldOf, toOrders } from "./not-ordered.ts";
import { type Page, problem, type Way } from "./page.ts";
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
    if (Object.keys(errors).length > 0) return cartPage(visit, { errors, key: visit.pendingKey ?? key });

    // What the shopper saw is what counts, also where the currency was changed since, or could not be had.
    const userCurrency = expectedTotal?.currencyCode ?? currency;
    const request = { userId, userCurrency, idempotencyKey: key, expectedTotal, ...orderOf(form) };
    const placed = await shop.services.checkout.placeOrder(request).then(receiptOf).catch(rpcError);
    if (placed instanceof RpcError) {
      const next = visit.pendingKey === key ? undefined : visit.pendingKey;
      if (failedWith(placed, "ABORTED") && placed.details.startsWith("expected_total")) {
        await shop.renew();
        return cartPage(visit, { ...changeOf(placed), key: next });
      }
      // Once there is an order by that number there is nothing to mend, whatever the code.
      const mendable = !toldOf(placed) && failedWith(placed, "INVALID_ARGUMENT", "FAILED_PRECONDITION");
      return mendable ? cartPage(visit, { ...complaintOf(placed), key: next }) : notOrdered(placed, visit, key, log);
    }

    // The order stands: nothing that is merely shown with it may fail from here on.
    const recommendations = await shop.recommendations(userId, []);
    signals.ordered(placed.orderId, placed.count, placed.paid);
    return {
      view: "order",
      title: "Your order is complete",
      data: { ...placed, thanks: true, email: request.email, recommendations: recommended(card, recommendations) },
      cookies: dropKey(visit, key),
    };
  };

/** A failure of the call is an answer to look at; anything else is thrown on. */
function rpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  throw error;
}

/** Why what was sent is not what can be ordered: the cart has another total, or an order by the form's key stands. */
function changeOf({ details }: RpcError): { changed: (total: string) => string; way?: Way } {
  const [, before] = /the order by this key came to (.+)$/.exec(details) ?? [];
  if (before === undefined) {
    return { changed: (total) => `Your cart or a price in it has changed: it now comes to ${total}. ${sendAgain}` };
  }
  const stands = `You sent this form before, and that order stands: it came to ${before}.`;
  return { changed: (total) => `${stands} What is in the cart comes to ${total}. ${sendAgain}`, way: toOrders };
}

const sendAgain = "Please look it over, and press “Place order” again if it suits you.";

/** What the checkout service refused, at the field that its words name, else above the form. */
function complaintOf({ details }: RpcError): { errors: FieldErrors } | { complaint: string } {
  const [, path = "", words = details] = /^([a-z_.[\]0-9]+):? (.*)$/s.exec(details) ?? [];
  const field = path.split(".").at(-1) ?? "";
  const sentence = `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.?!]$/.test(words) ? "" : "."}`;
  return isField(field) ? { errors: { [field]: sentence } } : { complaint: sentence };
}
