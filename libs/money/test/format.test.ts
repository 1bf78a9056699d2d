import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMoney } from "../src/format.ts";
import { fromNanos } from "../src/money.ts";

const shops =
  "EUR USD JPY BGN CZK DKK GBP HUF PLN RON SEK CHF ISK NOK HRK RUB TRY AUD BRL CAD CNY HKD IDR ILS INR KRW MXN MYR NZD PHP SGD THB ZAR";

describe("an amount for people", () => {
  it.each([
    ["USD", "19", 990_000_000, "$19.99"],
    ["EUR", "17", 682_441_398, "€17.68"],
    ["CAD", "26", 749_997_346, "CA$26.74"],
    ["GBP", "15", 201_594_869, "£15.20"],
    ["TRY", "108", 299_648_830, "₺108.29"],
    ["AUD", "28", 419_219_814, "A$28.41"],
    ["CNY", "134", 133_695_712, "CN¥134.13"],
    ["INR", "1404", 551_685_125, "₹1,404.55"],
    ["RUB", "1315", 941_434_792, "₽1,315.94"],
    ["THB", "636", 780_079_624, "฿636.78"],
    ["SEK", "186", 328_726_231, "SEK 186.32"],
    ["SGD", "27", 140_779_301, "SGD 27.14"],
    ["ZAR", "283", 949_948_701, "ZAR 283.94"],
  ])("is written as %s is", (currencyCode, units, nanos, written) => {
    expect(formatMoney({ currencyCode, units, nanos }).replace("\u00a0", " ")).toBe(written);
  });

  it.each([
    ["JPY", "2235", 60_592_707, "¥2,235"],
    ["KRW", "22545", 996_904_519, "₩22,545"],
    ["ISK", "2418", 957_983_246, "ISK 2,418"],
  ])("has no cents where %s has none (original: two digits always)", (currencyCode, units, nanos, written) => {
    expect(formatMoney({ currencyCode, units, nanos }).replace("\u00a0", " ")).toBe(written);
  });

  it.each([
    ["less than a cent", "0", 9_999_999, "$0.00"],
    ["all but a unit", "0", 999_999_999, "$0.99"],
    ["thousands", "1234567", 899_999_999, "$1,234,567.89"],
    ["the largest there is", "9223372036854775807", 999_999_999, "$9,223,372,036,854,775,807.99"],
    ["more than a number holds", "9007199254740993", 10_000_000, "$9,007,199,254,740,993.01"],
    ["a debt (original: two minus signs)", "-1", -750_000_000, "-$1.75"],
    ["a debt below one unit", "0", -750_000_000, "-$0.75"],
    ["a debt below one cent", "0", -1, "$0.00"],
  ])("is cut, never rounded: %s", (_, units, nanos, written) => {
    expect(formatMoney({ currencyCode: "USD", units, nanos })).toBe(written);
  });

  it("is exact to the cent, whatever its size", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
        fc.integer({ min: 0, max: 999_999_999 }),
        (units, nanos) => {
          const written = formatMoney(fromNanos("USD", units * 1_000_000_000n + BigInt(nanos)));
          expect(written.replace(/[$,]/g, "")).toBe(`${units}.${String(nanos).padStart(9, "0").slice(0, 2)}`);
        },
      ),
    );
  });

  it.each(["XXX", "QQQ", "EURO", "usd", "<b>"])("of the unknown currency %s says its code (original: $)", (code) => {
    expect(formatMoney({ currencyCode: code, units: "1234", nanos: 349_999_999 })).toBe(`1,234.34 ${code}`);
  });

  it("of no currency is the number alone", () => {
    expect(formatMoney({ currencyCode: "", units: "12", nanos: 340_000_000 })).toBe("12.34");
  });

  it("is written differently in each of the shop's 33 currencies (original: $ for all but five)", () => {
    const written = shops.split(" ").map((currencyCode) => formatMoney({ currencyCode, units: "1", nanos: 0 }));

    expect(new Set(written.map((text) => text.replace(/[\d.]/g, ""))).size).toBe(33);
  });
});
