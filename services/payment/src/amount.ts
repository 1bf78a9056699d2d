import type { Message } from "@boutique/contract/proto";
import { type Money, toNanos } from "@boutique/money/money";
import { RpcError } from "@boutique/rpc/error";

/** Reads what is to be paid; INVALID_ARGUMENT unless it is more than nothing, in a currency by its code. */
export function readAmount(money: Message<"Money"> | null): Money {
  if (!money) throw new RpcError("INVALID_ARGUMENT", "amount: is missing");
  if (toNanos(money) <= 0n) throw new RpcError("INVALID_ARGUMENT", "amount: must be more than 0");
  if (!/^[A-Z]{3}$/.test(money.currencyCode)) {
    throw new RpcError("INVALID_ARGUMENT", "amount.currency_code: must be three capital letters");
  }
  return money;
}

/** Whether two amounts are the same, to the billionth. */
export const isSame = (one: Money, other: Money): boolean =>
  one.currencyCode === other.currencyCode && toNanos(one) === toNanos(other);
