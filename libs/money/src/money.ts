import type { Message, MessageInit } from "@boutique/contract/proto";
import { RpcError } from "@boutique/rpc/error";
import { quoted } from "@boutique/rpc/quoted";

/** An amount as it crosses the wire: units a decimal string of an int64, nanos billionths of the same sign. */
export type Money = Message<"Money">;

const NANOS = 1_000_000_000n;
// Of a code, which has three letters, when it is somebody's mistake.
const SHOWN = 16;
const MAX_UNITS = 2n ** 63n - 1n;
const MIN_UNITS = -(2n ** 63n);

/**
 * An amount in whole nanos: how money is computed. INVALID_ARGUMENT, naming `field`, unless units and nanos are of one
 * sign and nanos within a unit.
 */
export function toNanos(money: MessageInit<"Money">, field = "amount"): bigint {
  const units = BigInt(money.units?.toString() ?? 0);
  const nanos = BigInt(money.nanos ?? 0);
  if (nanos <= -NANOS || nanos >= NANOS) {
    throw new RpcError("INVALID_ARGUMENT", `${field}.nanos is ${nanos}: not within 999999999 of 0`);
  }
  if ((units > 0n && nanos < 0n) || (units < 0n && nanos > 0n)) {
    throw new RpcError("INVALID_ARGUMENT", `${field} has units and nanos of different signs`);
  }
  return units * NANOS + nanos;
}

/**
 * An amount from whole nanos; INVALID_ARGUMENT, naming the `field` that it comes of, when its units are beyond int64,
 * since it cannot cross the wire.
 */
export function fromNanos(currencyCode: string, total: bigint, field?: string): Money {
  const units = total / NANOS;
  if (units > MAX_UNITS || units < MIN_UNITS) {
    const words = `the amount is too large to write in ${quoted(currencyCode, SHOWN)}`;
    throw new RpcError("INVALID_ARGUMENT", field ? `${field}: ${words}` : words);
  }
  return { currencyCode, units: String(units), nanos: Number(total % NANOS) };
}

/** The sum of amounts of one currency; of none, zero in the currency given. An error names `field`. */
export function sum(currencyCode: string, amounts: readonly Money[], field?: string): Money {
  const total = amounts.reduce((total, money) => {
    if (money.currencyCode === currencyCode) return total + toNanos(money);
    const [other, own] = [money.currencyCode, currencyCode].map((code) => quoted(code, SHOWN));
    throw new RpcError("INVALID_ARGUMENT", `cannot add ${other} to ${own}`);
  }, 0n);
  return fromNanos(currencyCode, total, field);
}

/** An amount so many times; the count is a whole number. An error names `field`. */
export const times = (money: Money, count: number, field?: string): Money =>
  fromNanos(money.currencyCode, toNanos(money, field) * BigInt(count), field);
