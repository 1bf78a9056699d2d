import { RpcError } from "@boutique/rpc/error";
import { describe, expect, it } from "vitest";
import { createConverter, remembering } from "../src/convert.ts";
import type { Money } from "../src/money.ts";

const money = (currencyCode: string, units: number): Money => ({ currencyCode, units: String(units), nanos: 0 });
const double = (from: { units?: unknown } | null | undefined, code = "") => money(code, 2 * Number(from?.units));

/** A currency service where everything costs twice as much elsewhere; `asked` is what it was asked. */
function currencyService({ knowsMany = true } = {}) {
  const asked: string[] = [];
  return {
    asked,
    getSupportedCurrencies: async () => ({ currencyCodes: [] }),
    convert: async ({ from, toCode }: { from?: { units?: unknown } | null; toCode?: string }) => {
      asked.push("convert");
      return double(from, toCode);
    },
    convertMany: async ({ from = [], toCode }: { from?: { units?: unknown }[]; toCode?: string }) => {
      asked.push(`convertMany ${from.length}`);
      if (!knowsMany) throw new RpcError("UNIMPLEMENTED", "convertMany");
      return { amounts: from.map((money) => double(money, toCode)) };
    },
  };
}

describe("converting", () => {
  it("is one call for many amounts, answered in their order (original: one for each)", async () => {
    const currency = currencyService();

    const converted = await createConverter(currency)([money("USD", 1), money("EUR", 2), money("USD", 3)], "JPY");

    expect(converted).toEqual([money("JPY", 2), money("JPY", 4), money("JPY", 6)]);
    expect(currency.asked).toEqual(["convertMany 3"]);
  });

  it("leaves what is in the currency already as it is, to the nano", async () => {
    const currency = currencyService();

    const converted = await createConverter(currency)([money("USD", 1), money("EUR", 2), money("USD", 3)], "USD");

    expect(converted).toEqual([money("USD", 1), money("USD", 4), money("USD", 3)]);
    expect(currency.asked).toEqual(["convertMany 1"]);
  });

  it.each([
    ["nothing", []],
    ["amounts in the currency already", [money("USD", 1), money("USD", 2)]],
  ])("of %s costs no call", async (_, amounts) => {
    const currency = currencyService();

    expect(await createConverter(currency)(amounts, "USD")).toEqual(amounts);
    expect(currency.asked).toEqual([]);
  });

  it("asks a peer of the original's make for each amount, and remembers to", async () => {
    const currency = currencyService({ knowsMany: false });
    const convert = createConverter(currency);

    expect(await convert([money("EUR", 1), money("USD", 2)], "JPY")).toEqual([money("JPY", 2), money("JPY", 4)]);
    await convert([money("EUR", 1)], "JPY");

    expect(currency.asked).toEqual(["convertMany 2", "convert", "convert", "convert"]);
  });
});

describe("a conversion that is remembered", () => {
  it("asks for what it has not converted lately, and for nothing else", async () => {
    const currency = currencyService();
    let now = 0;
    const convert = remembering(createConverter(currency), 5_000, () => now);

    expect(await convert([money("EUR", 1), money("JPY", 5)], "JPY")).toEqual([money("JPY", 2), money("JPY", 5)]);
    expect(await convert([money("EUR", 3), money("EUR", 1)], "JPY")).toEqual([money("JPY", 6), money("JPY", 2)]);
    await convert([money("EUR", 1)], "CAD");
    now = 4_999;
    await convert([money("EUR", 1)], "JPY");
    expect(currency.asked).toEqual(["convertMany 1", "convertMany 1", "convertMany 1"]);

    now = 5_000;
    expect(await convert([money("EUR", 1)], "JPY")).toEqual([money("JPY", 2)]);
    expect(currency.asked).toHaveLength(4);
  });

  it("remembers no failure", async () => {
    let away = true;
    const convert = remembering(async (amounts, toCode) => {
      if (away) throw new Error("away");
      return amounts.map(({ units, nanos }) => ({ currencyCode: toCode, units, nanos }));
    }, 5_000);

    await expect(convert([money("EUR", 1)], "JPY")).rejects.toThrow("away");
    away = false;
    expect(await convert([money("EUR", 1)], "JPY")).toEqual([money("JPY", 1)]);
  });
});
