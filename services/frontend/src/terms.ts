import { decimalOf } from "@boutique/money/decimal";
import type { Money } from "@boutique/money/money";
import { cookieNames } from "./cookies.ts";
import type { Cookies, Visit } from "./page.ts";

/** What an order is asked for with besides what its shopper types. */
export interface Terms {
  /** By which it happens once; undefined when the form came without one. */
  readonly key: string | undefined;
  /** What the shopper saw that it costs; undefined when the form did not say. */
  readonly total: Money | undefined;
}

/** Whether something may be the key of an order. */
export const isKey = (text: string): boolean => /^[\w-]{8,64}$/.test(text);

/** A total as the form carries it, exact: "67.984999999 EUR". */
export const written = (total: Money): string => `${decimalOf(total)} ${total.currencyCode}`;

/** Reads the terms from a form; of those that nobody can read, what is wrong with them. */
export function termsOf({
  idempotency_key = "",
  expected_total = "",
}: Readonly<Record<string, string>>): Terms | { readonly wrong: string } {
  if (idempotency_key !== "" && !isKey(idempotency_key)) {
    return { wrong: "idempotency_key must be 8 to 64 letters, digits or hyphens, such as a UUID." };
  }
  const [, units, decimals = "", currencyCode = ""] = /^(\d{1,18})\.(\d{2,9}) ([A-Z]{3})$/.exec(expected_total) ?? [];
  if (expected_total !== "" && units === undefined) {
    return { wrong: 'expected_total must be an amount and its currency, such as "67.98 EUR".' };
  }
  const total = units === undefined ? undefined : { currencyCode, units, nanos: Number(decimals.padEnd(9, "0")) };
  return { key: idempotency_key || undefined, total };
}

/**
 * Keeps a key for all forms of this visitor until its order has come to an end: whoever sends another one meanwhile, having
 * seen no answer to the first, asks for the same order.
 */
export const keepKey = (key: string): Cookies => ({ [cookieNames.orderKey]: key });

/** Gives up the key that is kept, if it is that of an order that came to an end; without one, whichever it is. */
export const dropKey = ({ pendingKey }: Visit, ended = pendingKey): Cookies =>
  pendingKey === undefined || pendingKey !== ended ? {} : { [cookieNames.orderKey]: undefined };
