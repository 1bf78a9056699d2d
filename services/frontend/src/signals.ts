import type { Money } from "@boutique/money/money";
import { type Business, MINUTE } from "@boutique/telemetry/business";
import { percent, whole } from "@boutique/telemetry/tally";
import type { Marker } from "./marker.ts";
import { createNews } from "./news.ts";
import type { Part } from "./parts.ts";
import type { Product } from "./shelves.ts";

/** The steps on the way to an order: three pages that are looked at, a form that is sent, and the order. */
type Step = "home" | "product" | "cart" | "checkout" | "order";

/** What the storefront says of its business. */
export function createSignals(business: Business) {
  const steps = business.tally(
    "storefront_funnel_total",
    "Steps on the way to an order: home, product and cart pages shown, checkout forms sent, orders confirmed.",
    ["step"],
  );
  const productViews = business.tally("product_views_total", "Product pages shown.", ["product_id"]);
  const choices = business.tally("currency_choices_total", "Times that a currency was chosen.", ["currency"]);
  const searches = business.tally("searches_total", "Searches for some words, by whether they found any product.", [
    "outcome",
  ]);
  const follows = business.tally(
    "recommendations_followed_total",
    "Product pages shown to visitors who came by a recommendation.",
  );
  const clicks = business.tally(
    "ads_clicked_total",
    "Product pages shown to visitors who came by an ad, by the first category of the product.",
    ["category"],
    { most: 50 },
  );
  const value = business.purse(
    "storefront_orders_value_total",
    "What confirmed orders came to, shipping included, in the currency that they were placed in.",
  );
  const makeshifts = business.tally(
    "pages_without_total",
    "Times that a page made do without a part of the shop that is away, by the part: a cart without its count, products from the last list, prices in dollars, no quote for shipping.",
    ["part"],
  );

  const confirmed = steps.having("step", "order");
  const cartsSeen = steps.having("step", "cart");

  business.report(
    "business_metrics_report",
    "What came of the visits to the shop.",
    { every: 5 * MINUTE },
    {
      checkout_conversion: percent(
        "Orders confirmed for a hundred cart pages shown; null when none was shown.",
        confirmed,
        cartsSeen,
      ),
      total_checkouts: whole("Orders confirmed.", confirmed),
      total_cart_views: whole("Cart pages shown, with which checkouts start.", cartsSeen),
      product_views: productViews.each("product_id", "Product pages shown, by product."),
      order_value_by_currency: value.each(),
      currency_preferences: choices.each("currency", "How often each currency was chosen."),
    },
  );

  const isNew = createNews();
  const step = (name: Step) => steps.add([name]);
  const followed: Record<Marker, (category: string) => void> = {
    recommendation: () => follows.add(),
    ad: (category) => clicks.add([category]),
  };

  return {
    visited: (currency: string): void => business.note({ "app.currency": currency }),

    homeSeen: (): void => step("home"),

    /** Takes what the page's address says of where its visitor came from. */
    productSeen({ id, categories: [category = "none"] }: Product, from: string | undefined): void {
      step("product");
      productViews.add([id]);
      if (from === "recommendation" || from === "ad") followed[from](category);
      business.note({ "app.product.id": id });
    },

    cartSeen: (): void => step("cart"),

    searched: (found: number): void => searches.add([found > 0 ? "results" : "none"]),

    currencyChosen(code: string): void {
      choices.add([code]);
      business.note({ "app.currency": code });
    },

    madeDoWithout: (part: Part): void => makeshifts.add([part]),

    checkoutSent: (): void => step("checkout"),

    ordered(orderId: string, items: number, total: Money): void {
      if (isNew(orderId)) {
        step("order");
        value.add(total);
      }
      business.note({ "app.order.id": orderId, "app.order.items": items });
    },
  };
}

export type Signals = ReturnType<typeof createSignals>;
