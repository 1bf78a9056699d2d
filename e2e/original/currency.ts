import type { Answers } from "./wire.ts";

const rates = new Map(
  `EUR 1.0, USD 1.1305, JPY 126.40, BGN 1.9558, CZK 25.592, DKK 7.4609, GBP 0.85970, HUF 315.51, PLN 4.2996, RON 4.7463,
   SEK 10.5375, CHF 1.1360, ISK 136.80, NOK 9.8040, HRK 7.4210, RUB 74.4208, TRY 6.1247, AUD 1.6072, BRL 4.2682,
   CAD 1.5128, CNY 7.5857, HKD 8.8743, IDR 15999.40, ILS 4.0875, INR 79.4320, KRW 1275.05, MXN 21.7999, MYR 4.6289,
   NZD 1.6679, PHP 59.083, SGD 1.5349, THB 36.012, ZAR 16.0583`
    .split(",")
    .map((entry) => entry.trim().split(" ") as [string, string])
    .map(([code, rate]) => [code, Number(rate)]),
);

interface Amount {
  readonly units: number;
  readonly nanos: number;
}

const carry = ({ units, nanos }: Amount): Amount => {
  const all = nanos + (units % 1) * 1e9;
  return { units: Math.floor(units) + Math.floor(all / 1e9), nanos: all % 1e9 };
};

/**
 * The original's currency service: in floating point, by way of the euro, even from a currency to itself. What it does
 * not know becomes NaN, which crosses the wire as 0, with OK.
 */
export const createCurrency = (): Answers<"currency"> => ({
  getSupportedCurrencies: () => ({ currencyCodes: [...rates.keys()] }),

  convert: ({ from, toCode }) => {
    if (!from) throw new TypeError("Cannot use 'in' operator to search for a key in null");
    const rateFrom = rates.get(from.currencyCode) ?? Number.NaN;
    const rateTo = rates.get(toCode) ?? Number.NaN;
    const euros = carry({ units: Number(from.units) / rateFrom, nanos: from.nanos / rateFrom });
    const rounded = Math.round(euros.nanos);
    const { units, nanos } = carry({ units: euros.units * rateTo, nanos: rounded * rateTo });
    return { currencyCode: toCode, units: Math.floor(units), nanos: Math.floor(nanos) };
  },
});
