import type { Money } from "@boutique/money/money";
import { readData } from "@boutique/runtime/data";
import { recordBusiness } from "@boutique/testkit/business";
import { overTheWire } from "@boutique/testkit/wire";
import { expect, it } from "vitest";
import { checkRates } from "../src/rates.ts";
import { createCurrency } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";

const MINUTE = 60_000;
const ownRates = readData(new URL("../data/rates.json", import.meta.url), checkRates);

const money = (currencyCode: string, units = "1", nanos = 0): Money => ({ currencyCode, units, nanos });

async function openCurrency(rates = ownRates) {
  const recorded = recordBusiness();
  const currency = await overTheWire("currency", createCurrency(rates, createSignals(recorded.business)));
  const convert = (from: string, toCode: string) => currency.convert({ from: money(from), toCode });
  const reports = () => recorded.lines("currency_conversion_metrics");
  /** What Prometheus has by pair, as the report writes it. */
  const pairs = async () =>
    Array.from(
      (await recorded.metrics()).matchAll(/^currency_conversions_total\{from="(\w+)",to="(\w+)",.*\} (\d+)$/gm),
      ([, from, to, count]) => ({ name: `${from}->${to}`, count: Number(count) }),
    );
  return { ...recorded, currency, convert, reports, pairs };
}

it("every minute there is a report of what was converted, each amount of a list for itself", async () => {
  const { currency, convert, reports, pass } = await openCurrency();
  await convert("USD", "EUR");
  await currency.convertMany({ from: [money("USD"), money("USD", "2"), money("CHF")], toCode: "EUR" });
  await convert("USD", "JPY");
  await convert("USD", "JPY");
  await convert("EUR", "EUR");
  await convert("USD", "GBP");
  await convert("GBP", "USD");
  await currency.convertMany({ from: [], toCode: "EUR" });
  await currency.getSupportedCurrencies({});
  expect(reports()).toEqual([]);

  pass(MINUTE);

  expect(reports()).toEqual([
    {
      event: "currency_conversion_metrics",
      schema: 1,
      synthetic: false,
      window_s: 60,
      ended_by: "time",
      total_conversions: 9,
      change: 9,
      top_currency_pairs: [
        { name: "USD->EUR", count: 3 },
        { name: "USD->JPY", count: 2 },
        { name: "CHF->EUR", count: 1 },
        { name: "EUR->EUR", count: 1 },
        { name: "GBP->USD", count: 1 },
      ],
      errors: {},
      message: "What was converted.",
    },
  ]);
});

it("the report says how many more there were than in the minute before, or fewer (original: not computed)", async () => {
  const { convert, reports, pass } = await openCurrency();
  const minuteOf = async (conversions: number) => {
    for (let i = 0; i < conversions; i++) await convert("USD", "EUR");
    pass(MINUTE);
  };

  await minuteOf(2);
  await minuteOf(5);
  await minuteOf(1);
  await minuteOf(0);
  await minuteOf(3);

  // Of the minute in which nobody asked there is no report; the next is measured against it all the same.
  expect(reports().map(({ total_conversions, change }) => [total_conversions, change])).toEqual([
    [2, 2],
    [5, 3],
    [1, -4],
    [3, 3],
  ]);
});

it("a minute of refusals alone has plain zeros", async () => {
  const { convert, reports, pass } = await openCurrency();
  await expect(convert("XXX", "EUR")).rejects.toThrow("INVALID_ARGUMENT");

  pass(MINUTE);

  expect(reports()).toMatchObject([
    { total_conversions: 0, change: 0, top_currency_pairs: [], errors: { unknown_currency: 1 } },
  ]);
});

it("requests that are refused are counted by a reason in our own words, and none of their amounts", async () => {
  const { currency, convert, reports, pass, pairs, metrics } = await openCurrency();
  const refused = (work: Promise<unknown>) => expect(work).rejects.toThrow("INVALID_ARGUMENT");

  await refused(convert("jane@example.com", "EUR"));
  await refused(convert("USD", ""));
  await refused(currency.convertMany({ from: [money("USD"), money("XXX")], toCode: "EUR" }));
  await refused(currency.convert({ toCode: "EUR" }));
  await refused(currency.convert({ from: money("USD", "1", -1), toCode: "EUR" }));
  await refused(currency.convert({ from: money("USD", "9223372036854775807"), toCode: "IDR" }));
  await refused(currency.convertMany({ from: [money("USD"), money("USD", "0", -1_000_000_000)], toCode: "EUR" }));

  const text = await metrics();
  expect(text).toContain('currency_conversion_errors_total{reason="unknown_currency",synthetic="false"} 3');
  expect(text).toContain('currency_conversion_errors_total{reason="invalid_amount",synthetic="false"} 4');
  expect(await pairs()).toEqual([]);
  pass(MINUTE);
  expect(reports()).toMatchObject([{ total_conversions: 0, errors: { unknown_currency: 3, invalid_amount: 4 } }]);
  expect(JSON.stringify(reports()) + text).not.toContain("jane");
});

it("a fault of our own is counted as one", async () => {
  const get = () => {
    throw new Error("the rates are gone");
  };
  const { convert, metrics } = await openCurrency({ ...ownRates, byCode: { ...ownRates.byCode, get } as never });

  await expect(convert("USD", "EUR")).rejects.toThrow("INTERNAL");

  expect(await metrics()).toContain('currency_conversion_errors_total{reason="fault",synthetic="false"} 1');
});

it("the metrics say the same as the report", async () => {
  const { currency, convert, reports, pass, pairs } = await openCurrency();
  await currency.convertMany({ from: [money("USD"), money("USD"), money("CHF"), money("USD")], toCode: "EUR" });
  await convert("USD", "GBP");
  await convert("USD", "GBP");

  const counted = await pairs();
  pass(MINUTE);

  expect(counted).toHaveLength(3);
  expect(reports()).toMatchObject([
    {
      total_conversions: counted.reduce((sum, { count }) => sum + count, 0),
      top_currency_pairs: counted.toSorted((one, another) => another.count - one.count),
    },
  ]);
});

it("Prometheus is shown 100 pairs one by one and the others together; the report ranks them all", async () => {
  const { currency, convert, reports, pass, pairs } = await openCurrency();
  const codes = [...ownRates.byCode.keys()].slice(0, 11);
  for (const toCode of codes) await currency.convertMany({ from: codes.map((code) => money(code)), toCode });
  const last = `${codes.at(-1)}->${codes.at(-1)}`;
  await convert(codes.at(-1) ?? "", codes.at(-1) ?? "");

  const counted = await pairs();
  pass(MINUTE);

  expect(counted).toHaveLength(100 + 1);
  expect(counted).toContainEqual({ name: "other->other", count: 11 * 11 + 1 - 100 });
  expect(reports()[0]?.top_currency_pairs).toContainEqual({ name: last, count: 2 });
});
