import { formatMoney } from "@boutique/money/format";
import type { Money } from "@boutique/money/money";
import { RpcError } from "@boutique/rpc/error";

/** Refuses an order that costs something else than its shopper was told, as amounts are shown; ABORTED, with the new total. */
export function checkExpected(expected: Money | null, total: Money): void {
  if (!expected) return;
  const now = formatMoney(total);
  if (expected.currencyCode === total.currencyCode && formatMoney(expected) === now) return;
  throw new RpcError("ABORTED", `expected_total: the cart comes to ${now} by now`);
}
