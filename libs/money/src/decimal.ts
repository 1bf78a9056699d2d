import type { MessageInit } from "@boutique/contract/proto";
import { toNanos } from "./money.ts";

const NANOS = 1_000_000_000n;

/**
 * An amount as a decimal number, exact: "25.634674923", "-0.75". It has at least two decimals ("12.00") and none after
 * those that is an idle zero ("0.125"), so that equal amounts are equal texts. INVALID_ARGUMENT like `toNanos`.
 */
export const decimalOf = (money: MessageInit<"Money">): string => decimalOfNanos(toNanos(money));

/** The same of so many nanos, however many. */
export function decimalOfNanos(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos;
  const decimals = String(size % NANOS)
    .padStart(9, "0")
    .replace(/0{1,7}$/, "");
  return `${nanos < 0n ? "-" : ""}${size / NANOS}.${decimals}`;
}
