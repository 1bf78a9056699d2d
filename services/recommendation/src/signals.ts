import { type Business, MINUTE, SECOND } from "@boutique/telemetry/business";
import { word } from "@boutique/telemetry/fields";

/** What a recommendation is made of: the list of what is sold, from the catalogue, and a choice among it. */
export type Stage = "generation" | "processing";

const REQUESTS = 20;

/** What the recommendation service says of its business. */
export function createSignals(business: Business) {
  const requests = business.tally(
    "recommendation_requests_total",
    "Times that recommendations were asked for, also those that failed.",
  );
  const shown = business.tally("recommendations_shown_total", "Products that were recommended, each time.", [
    "product_id",
  ]);
  const products = business.ranking("Products that were recommended.");
  const failures = business.tally("recommendation_errors_total", "Recommendations that failed, by stage.", ["stage"]);

  business.report(
    "recommendation_stats",
    "What was recommended.",
    { every: MINUTE, events: REQUESTS, of: [requests] },
    {
      requests: requests.inAll(),
      recommendations: shown.inAll("Products that were recommended; most requests get several."),
      top_products: products.top(5, "The products that were recommended most."),
      errors: failures.each("stage"),
    },
  );

  const error = business.event(
    "recommendation_error",
    "A recommendation failed.",
    {
      stage: word(
        'What failed: "generation", the list of what is sold, which the catalogue gives, or "processing", the choice ' +
          "among it. No queue can fail, since there is none: what is answered is counted at once, in bounded room, and " +
          "what there was no room for is said by the report, as dropped.",
      ),
      reason: word("The status code."),
    },
    { atMostEvery: SECOND },
  );

  return {
    recommended(productIds: readonly string[]): void {
      requests.add();
      for (const productId of productIds) {
        shown.add([productId]);
        products.add(productId);
      }
    },
    failed(stage: Stage, reason: string): void {
      requests.add();
      failures.add([stage]);
      error({ stage, reason });
    },
  };
}

export type Signals = ReturnType<typeof createSignals>;
