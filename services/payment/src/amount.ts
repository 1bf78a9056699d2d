import type { Message } from "@boutique/contract/proto";
import { decimalOf } from "@boutique/money/decimal";
import { toNanos } from "@boutique/money/money";
import { RpcError } from "@boutique/rpc/error";

/** So much of a currency, in words that are equal when the amounts are: "12.34", "EUR". */
export interface Amount {
  readonly amount: string;
  readonly currency: string;
}

/** Reads what is to be paid; INVALID_ARGUMENT unless it is more than nothing, in a currency by its code. */
export function readAmount(money: Message<"Money"> | null): Amount {
  if (!money) throw new RpcError("INVALID_ARGUMENT", "amount: is missing");
  if (toNanos(money) <= 0n) throw new RpcError("INVALID_ARGUMENT", "amount: must be more than 0");
  if (!/^[A-Z]{3}$/.test(money.currencyCode)) {
    throw new RpcError("INVALID_ARGUMENT", "amount.currency_code: must be three capital letters");
  }
  return { amount: decimalOf(money), currency: money.currencyCode };
}
