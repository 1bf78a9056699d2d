import { fromNanos, type Money, toNanos } from "@boutique/money/money";
import { readData } from "@boutique/runtime/data";
import { recordBusiness } from "@boutique/testkit/business";
import fc from "fast-check";
import { expect, it } from "vitest";
import { exchangeInto } from "../src/exchange.ts";
import { checkRates, type Rate } from "../src/rates.ts";
import { createCurrency } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";

const rates = readData(new URL("../data/rates.json", import.meta.url), checkRates);
const context = { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal, trace: {} };

// Of any size that still fits when it is multiplied by the greatest rate, and of any sign.
const LIMIT = 10n ** 23n;
const nanos = fc.bigInt({ min: -LIMIT, max: LIMIT });
const code = fc.constantFrom(...rates.byCode.keys());
const amount = fc.tuple(code, nanos).map(([code, nanos]) => fromNanos(code, nanos));
const convert = (from: Money, toCode: string) => exchangeInto(toCode, rates)(from, "from");

function rateOf(code: string): Rate {
  const rate = rates.byCode.get(code);
  if (!rate) throw new Error(`no rate of ${code}`);
  return rate;
}
/** How many billionths of one currency a billionth of another is worth, rounded up. */
const worth = (from: string, to: string) =>
  (rateOf(to).numerator * rateOf(from).denominator) / (rateOf(to).denominator * rateOf(from).numerator) + 1n;
const magnitude = (value: bigint) => (value < 0n ? -value : value);

it("leaves any amount as it is in its own currency", () => {
  const any = fc.bigInt({ min: -(2n ** 63n) * 1_000_000_000n, max: (2n ** 63n - 1n) * 1_000_000_000n });
  fc.assert(
    fc.property(code, any, (code, nanos) => {
      const money = fromNanos(code, nanos);

      expect(convert(money, code)).toEqual(money);
    }),
  );
});

it("converts a debt to the same figure as a credit, with the other sign", () => {
  fc.assert(
    fc.property(code, nanos, code, (from, nanos, to) => {
      const credit = toNanos(convert(fromNanos(from, nanos), to));

      expect(toNanos(convert(fromNanos(from, -nanos), to))).toBe(-credit);
    }),
  );
});

it("is off by half a billionth of the base and one of the currency at most", () => {
  fc.assert(
    fc.property(amount, code, (money, to) => {
      const [source, target] = [rateOf(money.currencyCode), rateOf(to)];
      // amount / source and answer / target are the same worth in the base; all is multiplied by both rates' parts.
      const given = toNanos(money) * source.denominator * target.numerator * 2n;
      const answer = toNanos(convert(money, to)) * target.denominator * source.numerator * 2n;
      const half = source.numerator * target.numerator;
      const one = target.denominator * source.numerator * 2n;

      expect(magnitude(given - answer)).toBeLessThanOrEqual(half + one);
    }),
  );
});

it("comes back from another currency to within what one step of the way is worth", () => {
  fc.assert(
    fc.property(amount, code, (money, other) => {
      const back = toNanos(convert(convert(money, other), money.currencyCode));
      // A billionth of the base, one of the other currency, and one of its own, each rounded up.
      const step = worth(rates.base, money.currencyCode) + worth(other, money.currencyCode) + 1n;

      expect(magnitude(back - toNanos(money))).toBeLessThanOrEqual(step);
    }),
  );
});

it("converts many to just what it converts one by one, in order", async () => {
  const currency = createCurrency(rates, createSignals(recordBusiness().business));
  await fc.assert(
    fc.asyncProperty(fc.array(amount, { maxLength: 20 }), code, async (from, toCode) => {
      const { amounts } = await currency.convertMany({ from, toCode }, context);

      expect(amounts).toEqual(await Promise.all(from.map((from) => currency.convert({ from, toCode }, context))));
    }),
  );
});
