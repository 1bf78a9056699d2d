import { type Business, SECOND } from "@boutique/telemetry/business";
import { amount, hashed, id, list, optional, whole, word } from "@boutique/telemetry/fields";

/** What is told of orders one by one. */
export function createEvents(business: Business) {
  const reason = word("The status code.");
  const ofOrder = { order_id: id("The order."), user_id: hashed("Whose.") };
  const transaction_id = id("The charge.");
  return {
    completed: business.event("order_completed", "An order was charged and shipped.", {
      ...ofOrder,
      total_amount: amount("What it cost, shipping included."),
      currency: word("In which currency."),
      total_usd: amount("The same in US dollars, by the prices before they were converted."),
      item_count: whole("Pieces in it."),
      lines: whole("Different products in it."),
      items: list(
        { product_id: id("What."), quantity: whole("How many."), price: amount("Of one, in the order's currency.") },
        "What was ordered, and the price of one of each in the order's currency.",
      ),
      transaction_id,
      tracking_id: id("The parcel."),
    }),
    notPrepared: business.event(
      "cart_preparation_failed",
      "An order came to nothing before there was anything to charge.",
      {
        user_id: optional(hashed("Whose, if that was said.")),
        step: word("What failed: request, journal, cart, empty_cart, catalog, quote or conversion."),
        reason,
      },
      { atMostEvery: SECOND },
    ),
    notPaid: business.event("payment_failed", "An order was not paid.", {
      ...ofOrder,
      charged: word('"no", or "unknown" where no answer came.'),
      reason,
    }),
    notShipped: business.event("shipping_failed", "An order was charged and not shipped.", {
      ...ofOrder,
      transaction_id,
      shipped: word('"no", or "unknown" where no answer came.'),
      refunded: word('Whether the money was given back: "yes" or "no".'),
      reason,
    }),
    recovered: business.event("order_recovered", "An order that was left half done was taken up again.", {
      ...ofOrder,
      step: word("What was being done: charging, shipping or refunding."),
      outcome: word('"finished", "undone", or "parked" where it was given up.'),
      tries: whole("How often it was taken up before."),
    }),
    cartNotEmptied: business.event("cart_empty_failed", "The cart of an order was not emptied.", {
      ...ofOrder,
      reason,
    }),
    notConfirmed: business.event("email_confirmation_failed", "The confirmation of an order was perhaps not sent.", {
      ...ofOrder,
      reason,
    }),
  };
}
