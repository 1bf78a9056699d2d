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

/** What every answer says for the shopper's safety, and no form from another site. */
export const guard =
  (version: string): RequestHandler =>
  (request, response, next) => {
    response.set({ ...headers, "x-app-version": version });
    const safe = request.method === "GET" || request.method === "HEAD" || isOwn(request.headers);
    if (safe) return next();
    response.status(403).type("text/plain").send("This form came from another site, so it was not accepted.\n");
  };

/** Whether a request comes from a page of this host, or from a client that does not say. */
function isOwn({
  origin,
  host,
  "x-forwarded-host": forwarded,
}: Record<string, string | string[] | undefined>): boolean {
  if (origin === undefined) return true;
  const from = URL.parse(String(origin))?.host;
  return from !== undefined && (from === host || from === forwarded);
}
