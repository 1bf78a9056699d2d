import { createTurns as createQueue } from "@boutique/rpc/turns";
import type { Log } from "@boutique/telemetry/log";
import type { RequestHandler } from "express";
import { passing } from "./page.ts";
import { requestIdOf } from "./requests.ts";
import type { StorefrontSettings } from "./settings.ts";
import type { createViews } from "./views.ts";

/** In a rush there are hundreds a second: they are told together, at most so often. */
const TELL_MS = 10_000;

const busy = passing(
  "We will be right back",
  "There are more people in the shop than it can serve at once. Nothing was done; please try again in a moment.",
  [],
);

/**
 * Lets so many pages be made at once; the others wait for their turn, in order, for so many milliseconds at most. In a
 * rush more at once would finish none sooner, and each would find the time of its calls used up by the work of the others.
 * Who is refused gets a page that was made beforehand: it costs a third of one that is made.
 */
export function createTurns(
  { PAGES_AT_ONCE, PAGE_QUEUE_MS }: Pick<StorefrontSettings, "PAGES_AT_ONCE" | "PAGE_QUEUE_MS">,
  render: ReturnType<typeof createViews>,
  log: Pick<Log, "warn">,
): RequestHandler {
  const turns = createQueue(PAGES_AT_ONCE, PAGE_QUEUE_MS);
  const pageFor = prepared(render);
  let pages = 0;
  let quietUntil = 0;
  const tell = (reason: string) => {
    pages += 1;
    if (performance.now() < quietUntil) return;
    log.warn({ pages, reason }, "more pages are asked for than can be made: these were refused");
    pages = 0;
    quietUntil = performance.now() + TELL_MS;
  };
  return (_, response, next) => {
    const begin = () => {
      response.once("close", turns.pass);
      next();
    };
    const leave = turns.take(begin, ({ message }) => {
      tell(message);
      response.writeHead(busy.status, {
        "Cache-Control": "private, no-cache",
        "Content-Type": "text/html; charset=utf-8",
        "Retry-After": String(busy.retryAfter),
      });
      response.end(pageFor(requestIdOf(response)));
    });
    if (leave) response.once("close", leave);
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
