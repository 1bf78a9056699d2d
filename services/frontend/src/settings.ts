import type { Middleware } from "@boutique/runtime/faults";
import { count, flag, milliseconds, type Setting, type Settings, text } from "@boutique/runtime/settings";
import type { Version } from "@boutique/runtime/version";
import type { Log } from "@boutique/telemetry/log";

/** A path below which the shop lives, such as "/shop"; a slash at its end means nothing. */
const prefix = (about: string): Setting<string> => ({
  fallback: "",
  about,
  kind: 'a path such as "/shop"',
  parse: (given) => (/^(\/[\w.~-]+)*\/?$/.test(given) ? given.replace(/\/$/, "") : undefined),
});

/** What the storefront can be told besides what every service can. */
export const settings = {
  BASE_URL: prefix("The path below which the whole shop is served; empty for the root."),
  PAGE_TIMEOUT_MS: milliseconds(1_800, "The most that a page may take, all its calls together."),
  PAGES_AT_ONCE: count(100, "How many pages are made at once; others wait for their turn, in order."),
  PAGE_QUEUE_MS: milliseconds(
    500,
    "The most that a page waits for its turn before its visitor is asked to come again.",
  ),
  FRONTEND_MESSAGE: text("", "A message to show at the top of every page."),
  ENV_PLATFORM: text(
    "local",
    "Where the shop runs, shown as a small flag: gcp, aws, azure, onprem, alibaba, else local.",
  ),
  ENABLE_SINGLE_SHARED_SESSION: flag(false, "Whether all visitors share one session, for demos."),
  PACKAGING_SERVICE_URL: text("", "Where to ask for the size and weight of a product (GET {URL}/{product id})."),
  CANARY: {
    ...text("", "The name of a variant, such as v2, that looks different and answers at /v2.txt; empty for none."),
    kind: 'a name such as "v2"',
    parse: (given: string) => (/^v[\w.-]{0,30}$/.test(given) ? given : undefined),
  },
};

export type StorefrontSettings = Settings<typeof settings> & {
  readonly APP_VERSION: string;
  readonly ORDER_TIMEOUT_MS: number;
  readonly OPTIONAL_TIMEOUT_MS: number;
};

/** What the storefront has of the process that it runs in. */
export interface Host {
  readonly log: Log;
  readonly version: Version;
  /** What stands before each page; not before what says that the process lives, and what it is. */
  readonly faults: readonly Middleware[];
}
