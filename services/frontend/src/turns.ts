import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { createTurns as createQueue } from "@boutique/rpc/turns";
import type { Log } from "@boutique/telemetry/log";
import type { RequestHandler } from "express";
import { safety } from "./guard.ts";
import { passing } from "./page.ts";
import { requestIdOf } from "./requests.ts";
import type { StorefrontSettings } from "./settings.ts";
import type { createViews } from "./views.ts";

/** In a rush there are hundreds a second: they are told together, at most so often. */
const TELL_MS = 10_000;

type TurnSettings = Pick<StorefrontSettings, "APP_VERSION" | "PAGES_AT_ONCE" | "PAGE_QUEUE_MS">;

const busy = passing(
  "We will be right back",
  "There are more people in the shop than it can serve at once. Nothing was done; please try again in a moment.",
  [],
);

/** What is served whoever else comes: files, and what programs ask for. */
const always = /\/(static\/.+|_healthz|version|[\w.-]+\.txt)$/;

/**
 * Lets so many pages be made at once; the others wait for their turn, in order, for so many milliseconds at most. In a
 * rush more at once would finish none sooner, and each would find the time of its calls used up by the work of the others.
 * Who is refused gets a page that was made beforehand: the less a refusal costs, the more is left for pages.
 */
export function createTurns(
  { APP_VERSION, PAGES_AT_ONCE, PAGE_QUEUE_MS }: TurnSettings,
  render: ReturnType<typeof createViews>,
  log: Pick<Log, "warn">,
) {
  const turns = createQueue(PAGES_AT_ONCE, PAGE_QUEUE_MS);
  const pageFor = prepared(render);
  const headers = Object.fromEntries(safety(APP_VERSION));
  let pages = 0;
  let quietUntil = 0;
  const tell = (reason: string) => {
    pages += 1;
    if (performance.now() < quietUntil) return;
    log.warn({ pages, reason }, "more pages are asked for than can be made: these were refused");
    pages = 0;
    quietUntil = performance.now() + TELL_MS;
  };
  const refuse = (response: ServerResponse, requestId: string, reason: string) => {
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
  const page: RequestHandler = (_, response, next) => {
    const begin = () => {
      response.once("close", turns.pass);
      next();
    };
    const leave = turns.take(begin, ({ message }) => refuse(response, requestIdOf(response), message));
    if (leave) response.once("close", leave);
  };
  /** Stands before the whole shop: while nobody gets a turn, nothing is done for a page that would not get one either. */
  const before =
    (shop: RequestListener): RequestListener =>
    (request: IncomingMessage & { route?: object }, response) => {
      if (!turns.isFull() || always.test(request.url?.split("?")[0] ?? "")) return shop(request, response);
      request.route = { path: "refused" };
      refuse(response, randomUUID(), "RESOURCE_EXHAUSTED: there has been a queue for too long");
    };
  return { page, before };
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
