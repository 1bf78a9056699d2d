import type { Request, Response } from "express";

/** The cookies of the shop. */
export const cookieNames = {
  session: "shop_session-id",
  currency: "shop_currency",
  orderKey: "shop_order-key",
} as const;

const TWO_DAYS_MS = 172_800_000;
/** Longer than people look at a form and an order takes to be finished, short enough that no later one is taken for it. */
const AN_HOUR_MS = 3_600_000;

/** A cookie that the visitor sent; undefined when there is none of that name, or none that can be read. */
export function cookieOf({ headers: { cookie = "" } }: Request, name: string): string | undefined {
  for (const pair of cookie.split(";")) {
    const [key = "", value = ""] = pair.split("=", 2);
    if (key.trim() === name) return value.trim();
  }
  return undefined;
}

/** Sets a cookie for the whole host, out of reach of scripts; undefined takes it away. */
export function setCookie(request: Request, response: Response, name: string, value: string | undefined): void {
  const secure = request.secure || request.headers["x-forwarded-proto"] === "https";
  // Of two cookies of one name in an answer, some clients keep the first.
  const others = [response.getHeader("Set-Cookie") ?? []].flat().map(String);
  response.removeHeader("Set-Cookie");
  for (const other of others) if (!other.startsWith(`${name}=`)) response.append("Set-Cookie", other);
  const options = { path: "/", httpOnly: true, sameSite: "lax", secure } as const;
  if (value === undefined) response.clearCookie(name, options);
  else {
    const maxAge = name === cookieNames.orderKey ? AN_HOUR_MS : TWO_DAYS_MS;
    response.cookie(name, value, { ...options, maxAge });
  }
}
