// Pages are searched by plain text, from mark to mark: at 1,600 pages a second a parser would cost more than the shop.

/** What a cart or an order shows: what it holds and what that comes to. Amounts are in the currency's smallest unit. */
export interface Bill {
  readonly lines: readonly BillLine[];
  readonly shipping: number;
  readonly total: number;
}

interface BillLine {
  /** The product; "" where the page has no link to it. */
  readonly id: string;
  readonly quantity: number;
  readonly price: number;
}

/** The text between two marks, the first of them behind a place; undefined when one is missing. */
export function between(page: string, start: string, end: string, from = 0): string | undefined {
  const at = page.indexOf(start, from);
  if (at < 0) return undefined;
  const begin = at + start.length;
  const stop = page.indexOf(end, begin);
  return stop < 0 ? undefined : page.slice(begin, stop);
}

/** An amount as pages write it ("CA$1,026.74", "¥2,235") in the smallest unit that they show; NaN when it is none. */
export function amountOf(text: string | undefined): number {
  let amount = Number.NaN;
  for (let place = 0; place < (text?.length ?? 0); place += 1) {
    const digit = (text?.charCodeAt(place) ?? 0) - ZERO;
    if (digit >= 0 && digit <= 9) amount = 10 * (amount || 0) + digit;
  }
  return amount;
}

/** Reads the lines and totals of a cart or an order; undefined when the page has none. */
export function billOf(page: string): Bill | undefined {
  const begin = page.indexOf('<ul class="lines">');
  const end = page.indexOf('<dl class="totals">', begin);
  if (begin < 0 || end < 0) return undefined;
  const lines: BillLine[] = [];
  for (let at = page.indexOf("<li>", begin); at >= 0 && at < end; at = page.indexOf("<li>", at + 1)) {
    const id = between(page, 'href="', '"', at)?.split("/").at(-1) ?? "";
    const quantity = amountOf(between(page, "Quantity: ", "<", at));
    lines.push({ id, quantity, price: amountOf(between(page, 'class="line-price">', "<", at)) });
  }
  const shipping = amountOf(between(page, "<dt>Shipping</dt><dd>", "<", end));
  return { lines, shipping, total: amountOf(between(page, "<dt>Total</dt><dd>", "<", end)) };
}

const ZERO = 48;
