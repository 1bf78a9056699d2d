import { type Business, MINUTE, SECOND } from "@boutique/telemetry/business";
import { milliseconds, optional, whole, word, words } from "@boutique/telemetry/fields";
import type { Product } from "./products.ts";

/** Why the product file was read, as events name it: at the start, or since it had changed. */
export type Operation = "load" | "reload";

/** What the catalogue says of its business. */
export function createSignals(business: Business) {
  const views = business.tally(
    // Dashboards of the original shop ask for this name.
    "product_retrieval_count",
    "Times that a product was looked up and found, whoever asked: page views are the storefront's figure.",
    ["product_id", "product_name"],
    { untyped: true },
  );
  const missed = business.tally("product_lookups_missed_total", "Times that a product was looked up that is not sold.");
  const searches = business.tally("product_searches_total", "Searches for products, by whether anything was found.", [
    "outcome",
  ]);
  let sold = 0;
  business.reading("catalog_products", "How many products are sold.", () => sold);

  business.report(
    "product_views_summary",
    "What was looked up in the catalogue.",
    { every: 5 * MINUTE },
    {
      views: views.inAll("Products looked up by GetProduct and found; page views are the storefront's figure."),
      unique_products: views.different("product_id", "How many different products these were."),
      top_products: views.top("product_id", 5, "The products that were looked up most."),
    },
  );

  const search = business.event("product_search", "Products were searched for.", {
    query: words("What for; nothing lists all products."),
    result_count: whole("How many products were found."),
    latency_ms: milliseconds("How long it took."),
  });
  const notFound = business.event(
    "product_not_found",
    "A product was looked up that is not sold.",
    { product_id: words("What was asked for.") },
    { atMostEvery: SECOND },
  );
  const operation = business.event("catalog_operation", "The product file was read.", {
    operation: word('"load" at the start, "reload" of a file that has changed.'),
    product_count: whole("How many products are sold from now on; the old ones if the file was refused."),
    status: word('"ok" or "refused".'),
    reason: optional(words("What is wrong with a file that was refused.")),
  });

  return {
    viewed({ id, name }: Product): void {
      views.add([id, name]);
    },
    missed(id: string): void {
      missed.add();
      notFound({ product_id: id });
    },
    searched(query: string, found: number, took: number): void {
      searches.add([found > 0 ? "results" : "none"]);
      search({ query, result_count: found, latency_ms: took });
    },
    loaded(why: Operation, count: number): void {
      sold = count;
      operation({ operation: why, product_count: count, status: "ok", reason: undefined });
    },
    refused(why: Operation, reason: string): void {
      operation({ operation: why, product_count: sold, status: "refused", reason });
    },
  };
}

export type Signals = ReturnType<typeof createSignals>;
