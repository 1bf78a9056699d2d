import { fromNanos, type Money, toNanos } from "@boutique/money/money";
import { readData } from "@boutique/runtime/data";
import { recordBusiness } from "@boutique/testkit/business";
import { overTheWire } from "@boutique/testkit/wire";
import { describe, expect, it } from "vitest";
import { checkRates } from "../src/rates.ts";
import { createCurrency } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";
import { columns, conversions, prices } from "./golden.ts";

const rates = readData(new URL("../data/rates.json", import.meta.url), checkRates);
const serve = () => overTheWire("currency", createCurrency(rates, createSignals(recordBusiness().business)));

const money = (currencyCode: string, units: string | number, nanos = 0): Money => ({
  currencyCode,
  units: String(units),
  nanos,
});
/** "19.990000000" in the golden tables is 19990000000 nanos. */
const nanosOf = (golden: string) => BigInt(golden.replace(".", ""));

function expectNear(actual: Money, code: string, golden: string) {
  const difference = toNanos(actual) - nanosOf(golden);
  expect(actual.currencyCode).toBe(code);
  expect(difference).toBeGreaterThanOrEqual(-100n);
  expect(difference).toBeLessThanOrEqual(100n);
}

describe("getSupportedCurrencies", () => {
  it("lists the currencies in the order that others rely on", async () => {
    const currency = await serve();

    const { currencyCodes } = await currency.getSupportedCurrencies({});

    expect(currencyCodes).toEqual(conversions.map(([code]) => code));
  });
});

describe("convert", () => {
  it.each(conversions)("agrees with the original on %s", async (code, one, many, back) => {
    const currency = await serve();

    expectNear(await currency.convert({ from: money("USD", 1), toCode: code }), code, one);
    expectNear(await currency.convert({ from: money("USD", 19, 990_000_000), toCode: code }), code, many);
    expectNear(await currency.convert({ from: money(code, 100, 500_000_000), toCode: "USD" }), "USD", back);
  });

  it.each(prices)("agrees with the original on the price of %s", async (_, row) => {
    const currency = await serve();
    const from = fromNanos("USD", nanosOf(row[0]));

    for (const [index, toCode] of columns.entries()) {
      expectNear(await currency.convert({ from, toCode }), toCode, row[index] as string);
    }
  });

  it.each([
    ["a dollar", money("USD", 1)],
    ["half a cent", money("USD", 0, 5_000_000)],
    ["nothing", money("USD", 0)],
    ["a debt", money("USD", -1, -750_000_000)],
    ["less than nothing by a hair", money("USD", 0, -1)],
    ["an odd fraction", money("EUR", 1, 999_999_999)],
    ["more than a float can count", money("EUR", "9007199254740993")],
    ["the most there is", money("IDR", "9223372036854775807", 999_999_999)],
    ["the least there is", money("IDR", "-9223372036854775808", -999_999_999)],
  ])("leaves %s as it is in its own currency (original: 1.00 USD becomes 0.999999999)", async (_, from) => {
    const currency = await serve();

    expect(await currency.convert({ from, toCode: from.currencyCode })).toEqual(from);
  });

  it.each([
    ["a debt as the same amount owed", money("USD", -1, -750_000_000), "EUR", money("EUR", -1, -547_987_616)],
    ["a fraction of a debt", money("USD", 0, -500_000_000), "EUR", money("EUR", 0, -442_282_176)],
    ["whole francs", money("CHF", 300), "EUR", money("EUR", 264, 84_507_042)],
    ["what is too small to be written, to nothing", money("IDR", 0, 1), "EUR", money("EUR", 0)],
    ["a debt too small to be written, to nothing", money("IDR", 0, -1), "EUR", money("EUR", 0)],
    ["more than a float can count, exactly", money("EUR", "9007199254740993"), "USD", "10182638757484692.5865"],
  ])("converts %s (original: wrong below zero and above 2^53)", async (_, from, toCode, expected) => {
    const currency = await serve();
    const exactly = typeof expected === "string" ? money(toCode, "10182638757484692", 586_500_000) : expected;

    expect(await currency.convert({ from, toCode })).toEqual(exactly);
  });

  it.each([
    ["from no currency", money("", 1), "EUR", "from.currency_code is empty"],
    ["from an unknown currency", money("XXX", 1), "EUR", 'from.currency_code is "XXX": no rate is known'],
    ["from small letters", money("usd", 1), "EUR", 'from.currency_code is "usd": no rate is known'],
    ["from a property of every object", money("constructor", 1), "EUR", 'from.currency_code is "constructor": no rate'],
    ["into no currency", money("USD", 1), "", "to_code is empty"],
    ["into an unknown currency", money("USD", 1), "AED", 'to_code is "AED": no rate is known'],
    ["an unknown currency into itself", money("XXX", 1), "XXX", 'to_code is "XXX": no rate is known'],
    ["nanos of a whole unit", money("EUR", 1, 1_500_000_000), "EUR", "from.nanos is 1500000000: not within 999999999"],
    ["parts of different signs", money("EUR", 1, -1), "USD", "from has units and nanos of different signs"],
    [
      "too much to be written",
      money("USD", "9223372036854775807"),
      "IDR",
      'from: the amount is too large to write in "IDR"',
    ],
    [
      "too great a debt",
      money("USD", "-9223372036854775808"),
      "IDR",
      'from: the amount is too large to write in "IDR"',
    ],
  ])("refuses %s (original: 0 or nonsense, with status OK)", async (_, from, toCode, message) => {
    const currency = await serve();

    await expect(currency.convert({ from, toCode })).rejects.toThrow(`INVALID_ARGUMENT: ${message}`);
  });

  it("refuses a missing amount in words that its caller understands (original: UNKNOWN)", async () => {
    const currency = await serve();

    await expect(currency.convert({ toCode: "EUR" })).rejects.toThrow("INVALID_ARGUMENT: from is missing");
  });

  it("survives a currency code that is long and breaks inside a character", async () => {
    const currency = await serve();

    const refusal = currency.convert({ from: money("USD", 1), toCode: `${"x".repeat(15)}😀${"y".repeat(9_999)}` });

    await expect(refusal).rejects.toThrow(`INVALID_ARGUMENT: to_code is "${"x".repeat(15)}…": no rate is known`);
    expect(await currency.convert({ from: money("EUR", 1), toCode: "EUR" })).toEqual(money("EUR", 1));
  });
});

describe("convertMany", () => {
  it("answers in the order asked, whatever the currencies", async () => {
    const currency = await serve();
    const from = [money("USD", 19, 990_000_000), money("EUR", 5), money("EUR", 5), money("CHF", 300)];

    const { amounts } = await currency.convertMany({ from, toCode: "EUR" });

    expect(amounts).toEqual([
      money("EUR", 17, 682_441_398),
      money("EUR", 5),
      money("EUR", 5),
      money("EUR", 264, 84_507_042),
    ]);
  });

  it("answers nothing with nothing", async () => {
    const currency = await serve();

    expect(await currency.convertMany({ from: [], toCode: "EUR" })).toEqual({ amounts: [] });
  });

  it.each([
    ["an unknown currency, though there is nothing to convert", [], "XXX", 'to_code is "XXX": no rate is known'],
    ["no currency, though there is nothing to convert", [], "", "to_code is empty"],
    ["an amount of no currency", [{}], "EUR", "from[0].currency_code is empty"],
    [
      "an amount of an unknown currency",
      [money("USD", 1), money("EUR", 1), money("AED", 1)],
      "EUR",
      'from[2].currency_code is "AED": no rate is known',
    ],
    [
      "an amount that is none",
      [money("USD", 1), money("USD", 0, -1_000_000_000)],
      "EUR",
      "from[1].nanos is -1000000000: not within 999999999 of 0",
    ],
    ["an amount of two signs", [money("USD", -1, 1)], "EUR", "from[0] has units and nanos of different signs"],
    [
      "an amount too large",
      [money("USD", "9223372036854775807")],
      "IDR",
      'from[0]: the amount is too large to write in "IDR"',
    ],
  ])("refuses all for %s", async (_, from, toCode, message) => {
    const currency = await serve();

    await expect(currency.convertMany({ from, toCode })).rejects.toThrow(`INVALID_ARGUMENT: ${message}`);
  });
});
