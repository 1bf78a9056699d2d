import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromNanos, type Money, sum, times, toNanos } from "../src/money.ts";

const NANOS = 1_000_000_000n;
const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);
const most = MAX * NANOS + NANOS - 1n;
const least = MIN * NANOS - NANOS + 1n;

const usd = (units: string | number, nanos = 0): Money => ({ currencyCode: "USD", units: String(units), nanos });
const anyNanos = fc.bigInt({ min: least, max: most });
const smallNanos = fc.bigInt({ min: -(10n ** 22n), max: 10n ** 22n });
const count = fc.integer({ min: -100_000, max: 100_000 });

describe("an amount", () => {
  it("is the same after being read and written, whatever its size", () => {
    fc.assert(fc.property(anyNanos, (nanos) => toNanos(fromNanos("USD", nanos)) === nanos));
  });

  it("is written with units and nanos of one sign, nanos within a unit", () => {
    fc.assert(
      fc.property(anyNanos, (total) => {
        const { units, nanos } = fromNanos("USD", total);
        expect(Math.abs(nanos)).toBeLessThan(1e9);
        expect(Math.sign(nanos) * Math.sign(Number(units))).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it.each([
    ["zero", usd(0), 0n],
    ["whole", usd(3), 3_000_000_000n],
    ["a fraction", usd(0, 500_000_000), 500_000_000n],
    ["a debt", usd(-1, -750_000_000), -1_750_000_000n],
    ["a debt below one unit", usd(0, -1), -1n],
    ["the largest", usd(String(MAX), 999_999_999), most],
    ["the smallest", usd(String(MIN), -999_999_999), least],
    ["beyond what a number holds", usd("9007199254740993"), 9_007_199_254_740_993n * NANOS],
  ])("is read exactly: %s", (_, money, nanos) => {
    expect(toNanos(money)).toBe(nanos);
    expect(fromNanos("USD", nanos)).toEqual(money);
  });

  it.each([
    ["nanos of a whole unit", usd(0, 1_000_000_000), "INVALID_ARGUMENT: amount.nanos is 1000000000: not within"],
    ["nanos of minus a whole unit", usd(0, -1_000_000_000), "INVALID_ARGUMENT: amount.nanos is -1000000000"],
    ["units and nanos of two signs", usd(1, -1), "INVALID_ARGUMENT: amount has units and nanos of different signs"],
    ["two signs, the other way", usd(-1, 1), "INVALID_ARGUMENT: amount has units and nanos of different signs"],
    ["too many nanos of the right sign (original: positive)", usd(0, 2_000_000_000), "INVALID_ARGUMENT: amount.nanos"],
  ])("is refused with %s", (_, money, words) => {
    expect(() => toNanos(money)).toThrow(words);
  });

  it("is refused by the name of its field", () => {
    expect(() => toNanos(usd(1, -1), "item.cost")).toThrow("INVALID_ARGUMENT: item.cost has units");
    expect(() => toNanos(usd(1, 1e9), "item.cost")).toThrow("INVALID_ARGUMENT: item.cost.nanos is");
  });

  it("of nothing said is zero", () => {
    expect(toNanos({})).toBe(0n);
    expect(toNanos({ units: 7, nanos: 5 })).toBe(7_000_000_005n);
  });

  it.each([most + 1n, least - 1n, 10n ** 40n])(
    "of %s nanos is refused, since it cannot be sent (original: wraps)",
    (nanos) => {
      expect(() => fromNanos("USD", nanos)).toThrow('INVALID_ARGUMENT: the amount is too large to write in "USD"');
    },
  );
});

describe("a sum", () => {
  const amounts = (nanos: readonly bigint[]) => nanos.map((each) => fromNanos("USD", each));

  it("is exact, in any order", () => {
    fc.assert(
      fc.property(fc.array(smallNanos), (nanos) => {
        const total = nanos.reduce((total, each) => total + each, 0n);
        expect(toNanos(sum("USD", amounts(nanos)))).toBe(total);
        expect(sum("USD", amounts(nanos.toReversed()))).toEqual(sum("USD", amounts(nanos)));
      }),
    );
  });

  it("of an amount and its opposite is zero", () => {
    fc.assert(
      fc.property(smallNanos, (nanos) => {
        expect(sum("USD", amounts([nanos, -nanos]))).toEqual(usd(0));
      }),
    );
  });

  it.each([
    ["amounts below one unit", [usd(0, 500_000_000), usd(0, 200_000_000)], usd(0, 700_000_000)],
    ["units that cancel", [usd(2, 500_000_000), usd(-2, -200_000_000)], usd(0, 300_000_000)],
    ["units that cancel to a debt", [usd(-2, -500_000_000), usd(2, 200_000_000)], usd(0, -300_000_000)],
    ["a debt and less than a unit", [usd(-1), usd(0, 1)], usd(0, -999_999_999)],
    ["nanos that carry", [usd(0, 600_000_000), usd(0, 600_000_000)], usd(1, 200_000_000)],
    ["nanos that carry downwards", [usd(-1, -900_000_000), usd(0, -200_000_000)], usd(-2, -100_000_000)],
    ["three of them", [usd(0, 500_000_000), usd(0, 200_000_000), usd(0, 100_000_000)], usd(0, 800_000_000)],
  ])("is valid for %s (original: invalid, and the next sum panics)", (_, amounts, expected) => {
    expect(sum("USD", amounts)).toEqual(expected);
  });

  it("of nothing is zero in the currency asked for", () => {
    expect(sum("EUR", [])).toEqual({ currencyCode: "EUR", units: "0", nanos: 0 });
  });

  it.each([
    ["another currency", { ...usd(1), currencyCode: "EUR" }, 'INVALID_ARGUMENT: cannot add "EUR" to "USD"'],
    ["no currency", { ...usd(1), currencyCode: "" }, 'INVALID_ARGUMENT: cannot add "" to "USD"'],
    [
      "a text without end for a currency",
      { ...usd(1), currencyCode: "E".repeat(9_999) },
      `"${"E".repeat(16)}…" to "USD"`,
    ],
    ["an amount of two signs", usd(1, -1), "INVALID_ARGUMENT: amount has units and nanos of different signs"],
  ])("refuses %s", (_, money, words) => {
    expect(() => sum("USD", [usd(1), money])).toThrow(words);
  });

  it("that cannot be sent is refused (original: wraps)", () => {
    expect(() => sum("USD", [usd(String(MAX)), usd(1)])).toThrow("INVALID_ARGUMENT: the amount is too large");
    expect(() => sum("USD", [usd(String(MIN)), usd(-1)])).toThrow("INVALID_ARGUMENT: the amount is too large");
  });

  it("may pass what can be sent on its way", () => {
    expect(sum("USD", [usd(String(MAX)), usd(1), usd(-2)])).toEqual(usd(String(MAX - 1n)));
  });
});

describe("an amount so many times", () => {
  it("is the sum of so many", () => {
    fc.assert(
      fc.property(smallNanos, fc.nat(50), (nanos, count) => {
        const money = fromNanos("USD", nanos);
        expect(times(money, count)).toEqual(sum("USD", Array(count).fill(money)));
      }),
    );
  });

  it("is exact for any count", () => {
    fc.assert(
      fc.property(smallNanos, count, (nanos, count) => {
        expect(toNanos(times(fromNanos("USD", nanos), count))).toBe(nanos * BigInt(count));
      }),
    );
  });

  it.each([
    ["0 times is nothing (original: once)", usd(19, 990_000_000), 0, usd(0)],
    [
      "-1 times is owed (original: loops four thousand million times)",
      usd(19, 990_000_000),
      -1,
      usd(-19, -990_000_000),
    ],
    ["once is itself", usd(19, 990_000_000), 1, usd(19, 990_000_000)],
    ["many times carries", usd(19, 990_000_000), 9_999, usd(199_880, 10_000_000)],
    ["two thousand million times is as fast", usd(0, 1), 2_147_483_647, usd(2, 147_483_647)],
  ])("%s", (_, money, count, expected) => {
    expect(times(money, count)).toEqual(expected);
  });

  it("that cannot be sent is refused (original: wraps)", () => {
    expect(() => times(usd(String(MAX)), 2)).toThrow("INVALID_ARGUMENT: the amount is too large");
    expect(() => times(usd(String(MAX)), 2, "cost")).toThrow("INVALID_ARGUMENT: cost: the amount is too large");
  });
});
