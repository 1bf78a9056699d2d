import { type Business, MINUTE, SECOND } from "@boutique/telemetry/business";
import { scrubbed, whole, word, wordList, words } from "@boutique/telemetry/fields";
import type { Ad } from "./ads.ts";

/** How ads were chosen: for what a page is about, or by lot. */
export type Match = "category" | "lot";

/** What the ad service says of its business. */
export function createSignals(business: Business) {
  const requests = business.tally(
    "ad_requests_total",
    "Requests that were answered with ads: with those of a category, or with some by lot where there were none.",
    ["match"],
  );
  const served = business.tally("ads_served_total", "Ads that were shown, each by its own category.", ["category"]);
  const failures = business.tally("ad_errors_total", "Requests for which no ads could be chosen, by the status code.", [
    "type",
  ]);
  const keys = business.ranking("What pages were about.");

  business.report(
    "ad_stats_summary",
    "What ads were shown.",
    { every: 5 * MINUTE },
    {
      requests: requests.inAll("Requests that were answered with ads."),
      served_by_category: served.each("category", "Ads that were shown, by their category."),
      top_context_keys: keys.top(5, "What pages were about most often; each once for a request."),
      errors: failures.each("type"),
    },
  );

  const request = business.event(
    "ad_request",
    "Ads were shown.",
    {
      context_keys: wordList("What the page is about; ten keys at most."),
      ads: whole("How many ads were shown."),
    },
    { level: "debug" },
  );
  const error = business.event(
    "ad_error",
    "No ads could be chosen.",
    { type: word("The status code."), error: words("What was wrong.") },
    { atMostEvery: SECOND },
  );

  return {
    shown(wishes: readonly string[], match: Match, ads: readonly Ad[]): void {
      requests.add([match]);
      for (const { category } of ads) served.add([category]);
      for (const key of new Set(wishes.map(scrubbed))) keys.add(key);
      request({ context_keys: wishes, ads: ads.length });
    },
    failed(type: string, reason: string): void {
      failures.add([type]);
      error({ type, error: reason });
    },
  };
}

export type Signals = ReturnType<typeof createSignals>;
