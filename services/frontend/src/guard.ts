import type { IncomingHttpHeaders } from "node:http";
import type { RequestHandler } from "express";

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers = {
  "Content-Security-Policy": policy,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
};

/** What every answer says for the shopper's safety, and which version said it. */
export const safety = (version: string) => new Map(Object.entries({ ...headers, "x-app-version": version }));

/** Says so with every answer, and takes no form from another site. */
export const guard = (version: string): RequestHandler => {
  const always = safety(version);
  return (request, response, next) => {
    response.setHeaders(always);
    const safe = ["GET", "HEAD", "OPTIONS"].includes(request.method) || isOwn(request.headers);
    if (safe) return next();
    response.status(403).type("text/plain").send("This form came from another site, so it was not accepted.\n");
  };
};

/**
 * Whether a request comes from a page of this shop, or from a client that does not say. Browsers say it themselves
 * (Sec-Fetch-Site, which no page can set), so that a proxy may change the host on the way.
 */
function isOwn(headers: IncomingHttpHeaders): boolean {
  const { origin, host } = headers;
  if (origin === undefined || headers["sec-fetch-site"] === "same-origin") return true;
  const [forwarded] = String(headers["x-forwarded-host"] ?? "").split(",");
  const from = URL.parse(origin)?.host;
  return from !== undefined && (from === host || from === forwarded?.trim());
}
