import type { Request } from "express";
import { unmarked } from "./marker.ts";

/**
 * Where a visitor goes back to after a choice: the path that the form gives, or the page of this shop that it was sent
 * from, without the shop's prefix. Never another site. Who comes back to a page does not follow a link to it once more.
 */
export const returnPath = (request: Request, base: string): string => unmarked(wayBack(request, base));

function wayBack({ method, originalUrl, headers, body }: Request, base: string): string {
  if (method !== "POST") return within(originalUrl, base) ?? "/";
  const given = body?.return_to;
  if (typeof given === "string" && isPath(given)) return given;
  const referer = URL.parse(String(headers.referer ?? ""));
  const own = referer && referer.host === headers.host;
  return (own ? within(`${referer.pathname}${referer.search}`, base) : undefined) ?? "/";
}

/** A path below the prefix, without it; undefined when it is elsewhere. */
const within = (path: string, base: string): string | undefined => {
  if (path !== base && !path.startsWith(`${base}/`) && !path.startsWith(`${base}?`)) return undefined;
  const rest = path.slice(base.length);
  return isPath(rest) ? rest : undefined;
};

/** A plain path: one slash at its start, none that a browser takes for another host's, nothing that ends a header. */
const isPath = (text: string): boolean => /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text);
