import type { Request, RequestHandler, Response } from "express";
import { isLoopback } from "../crew/token.ts";

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers = {
  "Content-Security-Policy": policy,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
};

/**
 * Says to browsers what they may do with the answers, and refuses what pages of other sites ask for: by their own word
 * (Sec-Fetch-Site, Origin), and on loopback also by the name they use, which somebody's DNS may have pointed here.
 */
export const guard =
  (host: string): RequestHandler =>
  (request, response, next) => {
    response.set(headers);
    if (isLoopback(host) && !isLoopback(hostnameOf(request)))
      return refuse(response, 421, "this load generator answers to 127.0.0.1 and localhost alone");
    if (fromElsewhere(request)) return refuse(response, 403, "another site asked for this, so it was not done");
    next();
  };

/** The name in the Host header, without port and brackets. */
const hostnameOf = ({ headers }: Request): string =>
  URL.parse(`http://${headers.host}`)?.hostname.replace(/^\[|\]$/g, "") ?? "";

function fromElsewhere({ headers, method, path }: Request): boolean {
  const site = headers["sec-fetch-site"];
  // Whoever follows a link to the page may see it.
  const follows = method === "GET" && path === "/" && headers["sec-fetch-mode"] === "navigate";
  if (site !== undefined) return !["same-origin", "none"].includes(String(site)) && !follows;
  const { origin, host } = headers;
  return origin !== undefined && URL.parse(origin)?.host !== host;
}

/** Answers with why something was not done, as Locust's callers read it. */
export function refuse(response: Response, status: number, message: string): void {
  response.status(status).json({ success: false, message });
}
