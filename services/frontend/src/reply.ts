import type { Request, RequestHandler, Response } from "express";
import { cookieNames, cookieOf, setCookie } from "./cookies.ts";
import type { Page, Reply } from "./page.ts";
import { requestIdOf } from "./requests.ts";
import { offered } from "./shop.ts";
import type { createViews } from "./views.ts";
import { visitOf } from "./visit.ts";

/** Turns what a page answers into HTTP. */
export function createReplies(render: ReturnType<typeof createViews>, base: string) {
  const send = (request: Request, response: Response, reply: Reply): void => {
    response.setHeader("Cache-Control", "private, no-cache");
    const cookies = ("cookies" in reply && reply.cookies) || {};
    for (const [name, value] of Object.entries(cookies)) setCookie(request, response, name, value);
    if ("redirect" in reply) {
      response.status(302).setHeader("Location", `${base}${reply.redirect}`).end();
    } else if ("json" in reply) {
      response.status(reply.status ?? 200).json(reply.json);
    } else {
      const visit = visitOf(response);
      const chosen = cookieOf(request, cookieNames.currency) ?? "";
      const html = render(reply.view, reply.data, {
        title: reply.title,
        requestId: requestIdOf(response),
        currencies: visit?.currencies ?? offered,
        currency: visit?.currency ?? (offered.includes(chosen) ? chosen : "USD"),
        here: visit?.returnTo ?? "/",
      });
      if (reply.retryAfter !== undefined) response.setHeader("Retry-After", reply.retryAfter);
      response.status(reply.status ?? 200).setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(html);
    }
  };

  const answer =
    (page: Page): RequestHandler =>
    async (request, response) => {
      const visit = visitOf(response);
      if (!visit) throw new Error("a page without a visit");
      const reply = await page(visit);
      send(request, response, reply);
      if (request.method === "GET" && "view" in reply) reply.seen?.();
    };

  return { send, answer };
}

export type Replies = ReturnType<typeof createReplies>;
