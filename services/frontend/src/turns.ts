import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener } from "node:http";
import { createTurns as createQueue, type Turns } from "@boutique/rpc/turns";
import type { RequestHandler } from "express";
import type { createRefusals } from "./refusal.ts";
import { requestIdOf } from "./requests.ts";
import type { StorefrontSettings } from "./settings.ts";

/** What is served whoever else comes: files, and what programs ask for. */
const always = /\/(static\/.+|_healthz|version|[\w.-]+\.txt)$/;

/** Orders take longer than pages: while they wait for a peer that is slow, they leave most turns to others. */
const SHARE_OF_ORDERS = 1 / 3;
const ORDERS = "/cart/checkout";

/**
 * Lets so many pages be made at once; the others wait for their turn, in order, for so many milliseconds at most. In a
 * rush more at once would finish none sooner, and each would find the time of its calls used up by the work of the others.
 */
export function createTurns(
  { PAGES_AT_ONCE, PAGE_QUEUE_MS }: Pick<StorefrontSettings, "PAGES_AT_ONCE" | "PAGE_QUEUE_MS">,
  refuse: ReturnType<typeof createRefusals>,
) {
  const pages = createQueue(PAGES_AT_ONCE, PAGE_QUEUE_MS);
  const orders = createQueue(Math.ceil(PAGES_AT_ONCE * SHARE_OF_ORDERS), PAGE_QUEUE_MS);
  const inTurn =
    (turns: Turns): RequestHandler =>
    (_, response, next) => {
      const begin = () => {
        // Who has left already leaves no second time.
        if (response.closed) return turns.pass();
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
      if (!pages.isFull() || always.test(request.url?.split("?")[0] ?? "")) return shop(request, response);
      request.route = { path: "refused" };
      refuse(response, randomUUID(), "RESOURCE_EXHAUSTED: there has been a queue for too long");
    };
  const [page, order] = [inTurn(pages), inTurn(orders)];
  const take: RequestHandler = (request, response, next) =>
    (request.path === ORDERS ? order : page)(request, response, next);
  return { take, before };
}
