import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler } from "express";
import { refuse } from "./guard.ts";

const COOKIE = "boutique-load";

/**
 * Lets in who shows the token: as a Bearer, or once as ?token=, for which a browser gets a cookie that is good as long
 * as this process lives.
 */
export function access(token: string): RequestHandler {
  const session = randomBytes(24).toString("base64url");
  return (request, response, next) => {
    if (same(cookieOf(request), session) || same(request.headers.authorization, `Bearer ${token}`)) return next();
    const { token: shown, ...rest } = request.query;
    if (request.method !== "GET" || typeof shown !== "string" || !same(shown, token)) {
      response.set("WWW-Authenticate", "Bearer");
      return refuse(response, 401, "this load generator wants its token: open /?token=… once, or send it as a Bearer");
    }
    response.cookie(COOKIE, session, { httpOnly: true, sameSite: "strict", secure: request.secure });
    // Off the address bar and out of what is bookmarked.
    const query = new URLSearchParams(rest as Record<string, string>).toString();
    response.redirect(303, request.path + (query && `?${query}`));
  };
}

function cookieOf({ headers }: Request): string | undefined {
  const cookies = headers.cookie?.split(";").map((cookie) => cookie.trim()) ?? [];
  return cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}

/** Whether a secret was given; how long that takes tells nothing of it. */
const same = (given: string | undefined, secret: string): boolean =>
  given !== undefined && timingSafeEqual(digest(given), digest(secret));

const digest = (text: string) => createHash("sha256").update(text).digest();
