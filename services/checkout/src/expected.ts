import { formatMoney } from "@boutique/money/format";
import type { Money } from "@boutique/money/money";
import { RpcError } from "@boutique/rpc/error";
import type { Order } from "./order.ts";

/** Refuses an order that costs something else than its shopper was told, as amounts are shown; ABORTED, with the new total. */
export function checkExpected(expected: Money | null, total: Money): void {
  if (!expected) return;
  if (isShownAlike(expected, total)) return;
  throw new RpcError("ABORTED", `expected_total: the cart comes to ${formatMoney(total)} by now`);
}

/** Refuses to answer with an order that was placed what is asked for another: the form is an old one, the cart a new one. */
export function checkRepeated({ step, bill }: Order, expected: Money | null): void {
  if (step !== "confirmed" || !expected || isShownAlike(expected, bill.total)) return;
  throw new RpcError("ABORTED", `expected_total: the order by this key came to ${formatMoney(bill.total)}`);
}

const isShownAlike = (one: Money, other: Money) =>
  one.currencyCode === other.currencyCode && formatMoney(one) === formatMoney(other);
