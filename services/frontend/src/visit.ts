import { randomUUID } from "node:crypto";
import { withContext } from "@boutique/rpc/context";
import { contextOf } from "@boutique/runtime/requests";
import type { Request, RequestHandler, Response } from "express";
import { cookieNames, cookieOf, setCookie } from "./cookies.ts";
import type { Visit } from "./page.ts";
import { requestIdOf } from "./requests.ts";
import { returnPath } from "./return.ts";
import type { StorefrontSettings } from "./settings.ts";
import type { Shop } from "./shop.ts";
import type { Signals } from "./signals.ts";
import { isKey } from "./terms.ts";

const issued = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const shared = "12345678-1234-1234-1234-123456789123";

/**
 * Says who visits. What follows runs as part of the request: its calls end when the page's time (milliseconds) is up or
 * the shopper has gone.
 */
export const createVisits = (shop: Shop, settings: StorefrontSettings, signals: Signals) => {
  const { BASE_URL, ENABLE_SINGLE_SHARED_SESSION } = settings;

  const userOf = (request: Request, response: Response): string => {
    const given = cookieOf(request, cookieNames.session) ?? "";
    if (ENABLE_SINGLE_SHARED_SESSION ? given === shared : issued.test(given)) return given;
    const userId = ENABLE_SINGLE_SHARED_SESSION ? shared : randomUUID();
    setCookie(request, response, cookieNames.session, userId);
    return userId;
  };

  return (patience: number): RequestHandler =>
    (request, response, next) => {
      const context = { ...contextOf(request), deadline: Date.now() + patience };
      return withContext(context, async () => {
        const currencies = await shop.currencies();
        const chosen = cookieOf(request, cookieNames.currency) ?? "";
        const kept = cookieOf(request, cookieNames.orderKey) ?? "";
        const userId = userOf(request, response);
        const currency = currencies.includes(chosen) ? chosen : "USD";
        signals.visited(currency);
        response.locals.visit = {
          userId,
          currencies,
          currency,
          requestId: requestIdOf(response),
          returnTo: returnPath(request, BASE_URL),
          pendingKey: isKey(kept) ? kept : undefined,
          params: request.params as Record<string, string>,
          form: formOf(request),
        } satisfies Visit;
        next();
      });
    };
};

/** Who visits, once `createVisits` has found out. */
export const visitOf = (response: Response): Visit | undefined => response.locals.visit;

/** What the query and the form sent, the form first; of a field sent twice, its first value. */
function formOf({ query, body }: Request): Record<string, string> {
  const fields = Object.entries({ ...query, ...body }).map(([name, value]) => [name, first(value)]);
  return Object.fromEntries(fields);
}

const first = (value: unknown): string => String((Array.isArray(value) ? value[0] : value) ?? "");
