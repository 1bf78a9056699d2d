import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readData } from "@boutique/runtime/data";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkRates } from "../src/rates.ts";
import { conversions } from "./golden.ts";

const euro = { code: "EUR", rate: "1.0" };
const dollar = { code: "USD", rate: "1.1305" };
const table = (change: object) => ({ date: "2019-03-06", base: "EUR", rates: [euro, dollar], ...change });

describe("the shop's own rates", () => {
  const own = readData(new URL("../data/rates.json", import.meta.url), checkRates);

  it("bear the date they are of (original: none)", () => {
    expect(own.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it("are of the original's currencies, in its order", () => {
    expect([...own.byCode.keys()]).toEqual(conversions.map(([code]) => code));
  });
});

describe("a rates file", () => {
  it("gives each rate as an exact fraction", () => {
    const { byCode } = checkRates(table({ rates: [euro, dollar, { code: "IDR", rate: "15999" }] }));

    expect(Object.fromEntries(byCode)).toEqual({
      EUR: { numerator: 10n, denominator: 10n },
      USD: { numerator: 11_305n, denominator: 10_000n },
      IDR: { numerator: 15_999n, denominator: 1n },
    });
  });

  it.each([
    ["nothing", null, "date is missing: not a day such as 2019-03-06"],
    ["a text", "rates", "date is missing: not a day such as 2019-03-06"],
    ["no date", table({ date: undefined }), "date is missing: not a day such as 2019-03-06"],
    ["a date in words", table({ date: "6 March 2019" }), 'date is "6 March 2019": not a day such as 2019-03-06'],
    ["a day that there is not", table({ date: "2019-02-30" }), 'date is "2019-02-30": not a day such as 2019-03-06'],
    ["a month that there is not", table({ date: "2019-13-01" }), 'date is "2019-13-01": not a day such as 2019-03-06'],
    ["no rates", table({ rates: undefined }), "rates is missing: not a list"],
    ["rates as an object", table({ rates: { EUR: "1.0" } }), 'rates is {"EUR":"1.0"}: not a list'],
    ["an entry that is none", table({ rates: [euro, null] }), "rates[1].code is missing: not three capital letters"],
    [
      "a code in small letters",
      table({ rates: [euro, { ...dollar, code: "usd" }] }),
      'rates[1].code is "usd": not three capital letters',
    ],
    ["a code twice", table({ rates: [euro, dollar, { ...dollar, rate: "2" }] }), "rates[2].code is USD: listed before"],
    [
      "a rate as a number",
      table({ rates: [euro, { ...dollar, rate: 1.1305 }] }),
      'rates[1].rate of USD is 1.1305: not a text such as "1.25", above 0',
    ],
    ["a base of another rate", table({ base: "USD" }), "rates: USD is the base, so its rate must be 1"],
    ["a base without a rate", table({ base: "GBP" }), 'base is "GBP": not one of the rates'],
    ["no base", table({ base: undefined }), "base is missing: not one of the rates"],
  ])("with %s is refused, by a message that names the entry", (_, json, message) => {
    expect(() => checkRates(json)).toThrow(new Error(message));
  });

  it.each(["0", "0.00", "-1.5", "1,5", "1.", ".5", "1e3", "", " 1.5", "NaN"])("with the rate %j is refused", (rate) => {
    expect(() => checkRates(table({ rates: [euro, { ...dollar, rate }] }))).toThrow(
      `rates[1].rate of USD is ${JSON.stringify(rate)}: not a text such as "1.25", above 0`,
    );
  });

  it("that is broken is named by the error that keeps the service from starting", async () => {
    const folder = await mkdtemp(join(tmpdir(), "rates-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    writeFileSync(join(folder, "mine.json"), JSON.stringify(table({ rates: [euro, { code: "USD" }] })));

    expect(() => readData(join(folder, "mine.json"), checkRates)).toThrow(
      "mine.json: rates[1].rate of USD is missing: not a text",
    );
  });
});
