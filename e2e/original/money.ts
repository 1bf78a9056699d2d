import type { Message } from "@boutique/contract/proto";
import { panic } from "./wire.ts";

type Money = Message<"Money">;

const NANOS = 1_000_000_000;

// The arithmetic of the original's Go services, its flaw included: a sum below one unit comes out as "1 and -0.3".

const isValid = (units: bigint, nanos: number) =>
  Math.abs(nanos) < NANOS && (nanos === 0 || units === 0n || nanos > 0 === units > 0n);

/** The sum in the currency of the first; what the original finds invalid or mixed ends its process. */
export function sum(left: Money | null, right: Money | null): Money {
  if (!left || !right) return panic("nil dereference");
  const [a, b] = [BigInt(left.units), BigInt(right.units)];
  if (!isValid(a, left.nanos) || !isValid(b, right.nanos)) panic("an amount is invalid");
  if (left.currencyCode !== right.currencyCode) panic("amounts of two currencies");
  let units = a + b;
  let nanos = left.nanos + right.nanos;
  if ((units === 0n && nanos === 0) || (units > 0n && nanos >= 0) || (units < 0n && nanos <= 0)) {
    units += BigInt(Math.trunc(nanos / NANOS));
    nanos %= NANOS;
  } else {
    const borrowed = units > 0n ? 1 : -1;
    units -= BigInt(borrowed);
    nanos += borrowed * NANOS;
  }
  return { currencyCode: left.currencyCode, units: String(units), nanos };
}

/** So many times an amount, by adding it up; no times is once. */
export function times(money: Money | null, quantity: number): Money {
  if (!money) return panic("nil dereference");
  let total = money;
  for (let added = 1; added < quantity >>> 0; added += 1) total = sum(total, money);
  return total;
}

/** Nothing, in a currency: what the original begins its sums with. */
export const nothing = (currencyCode: string): Money => ({ currencyCode, units: "0", nanos: 0 });
