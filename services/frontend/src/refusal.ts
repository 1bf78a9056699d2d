import type { ServerResponse } from "node:http";
import type { Log } from "@boutique/telemetry/log";
import { safety } from "./guard.ts";
import { passing } from "./page.ts";
import type { createViews } from "./views.ts";

/** In a rush there are hundreds a second: they are told together, at most so often. */
const TELL_MS = 10_000;

const busy = passing(
  "We will be right back",
  "There are more people in the shop than it can serve at once. Nothing was done; please try again in a moment.",
  [],
);

/**
 * Answers those for whom there is no turn, with a page that was made beforehand: the less a refusal costs, the more is left
 * for pages.
 */
export function createRefusals(version: string, render: ReturnType<typeof createViews>, log: Pick<Log, "warn">) {
  const pageFor = prepared(render);
  const headers = Object.fromEntries(safety(version));
  let pages = 0;
  let quietUntil = 0;
  const tell = (reason: string) => {
    pages += 1;
    if (performance.now() < quietUntil) return;
    log.warn({ pages, reason }, "more pages are asked for than can be made: these were refused");
    pages = 0;
    quietUntil = performance.now() + TELL_MS;
  };
  return (response: ServerResponse, requestId: string, reason: string): void => {
    tell(reason);
    response.writeHead(busy.status, {
      ...headers,
      "Cache-Control": "private, no-cache",
      "Content-Type": "text/html; charset=utf-8",
      "Retry-After": String(busy.retryAfter),
      "x-request-id": requestId,
    });
    response.end(pageFor(requestId));
  };
}

/** The page for who is refused, but for the number of the request. */
function prepared(render: ReturnType<typeof createViews>): (requestId: string) => string {
  const here = "the-number-of-the-request";
  const parts = render(busy.view, busy.data, {
    title: busy.title,
    requestId: here,
    currencies: [],
    currency: "USD",
    here: "/",
  }).split(here);
  return (requestId) => parts.join(requestId);
}
