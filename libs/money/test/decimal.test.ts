import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalOf } from "../src/decimal.ts";
import { fromNanos } from "../src/money.ts";

describe("an amount as a decimal number", () => {
  it.each([
    ["exact", "25", 634_674_923, "25.634674923"],
    ["cents", "12", 340_000_000, "12.34"],
    ["tens of cents", "12", 300_000_000, "12.30"],
    ["whole", "12", 0, "12.00"],
    ["nothing", "0", 0, "0.00"],
    ["three decimals", "0", 125_000_000, "0.125"],
    ["a zero between", "0", 105_000_000, "0.105"],
    ["a billionth", "0", 1, "0.000000001"],
    ["a debt", "-1", -750_000_000, "-1.75"],
    ["a debt below one unit", "0", -750_000_000, "-0.75"],
    ["the largest there is", "9223372036854775807", 999_999_999, "9223372036854775807.999999999"],
    ["the greatest debt", "-9223372036854775808", -1, "-9223372036854775808.000000001"],
  ])("is written in full: %s", (_, units, nanos, written) => {
    expect(decimalOf({ currencyCode: "USD", units, nanos })).toBe(written);
  });

  it("loses nothing and has two decimals at least, whatever the amount", () => {
    const most = 2n ** 63n * 1_000_000_000n - 1n;
    fc.assert(
      fc.property(fc.bigInt({ min: -most, max: most }), (nanos) => {
        const [, sign = "", units = "", decimals = ""] =
          /^(-?)(\d+)\.(\d{2}|\d{2,8}[1-9])$/.exec(decimalOf(fromNanos("USD", nanos))) ?? [];
        expect(BigInt(`${sign}${units}${decimals.padEnd(9, "0")}`)).toBe(nanos);
      }),
    );
  });

  it("is refused where units and nanos are of different signs", () => {
    expect(() => decimalOf({ units: "1", nanos: -1 })).toThrow("INVALID_ARGUMENT");
  });
});
