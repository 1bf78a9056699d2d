import type { Client } from "@boutique/contract/topology";
import { RpcError } from "@boutique/rpc/error";
import { withFallback } from "@boutique/rpc/fallback";
import type { Money } from "./money.ts";

/** Converts amounts to one currency, in order; those already in it cost no call. */
export type Converter = (amounts: readonly Money[], toCode: string) => Promise<readonly Money[]>;

/** Converts in one call, or, where the peer knows no ConvertMany, in one call for each amount, all at once. */
export function createConverter(currency: Client<"currency">): Converter {
  const convertAll = withFallback(
    async (from: readonly Money[], toCode: string) => (await currency.convertMany({ from: [...from], toCode })).amounts,
    (from, toCode) => Promise.all(from.map((money) => currency.convert({ from: money, toCode }))),
  );
  return async (amounts, toCode) => {
    const foreign = amounts.filter(({ currencyCode }) => currencyCode !== toCode);
    if (foreign.length === 0) return amounts;
    const answers = await convertAll(foreign, toCode);
    if (answers.length !== foreign.length) throw new RpcError("INTERNAL", "an amount was not converted");
    const converted = answers.values();
    return amounts.map((money) => (money.currencyCode === toCode ? money : (converted.next().value as Money)));
  };
}

const MOST_KNOWN = 1_000;

/**
 * The same for amounts that come again and again, such as prices: what was converted in the last so many milliseconds is
 * not asked for again. It is for what is shown; what is charged is converted afresh.
 */
export function remembering(convert: Converter, lifetime: number, now: () => number = Date.now): Converter {
  let known = new Map<string, Money>();
  let until = 0;
  return async (amounts, toCode) => {
    if (now() >= until || known.size > MOST_KNOWN) {
      known = new Map();
      until = now() + lifetime;
    }
    const memory = known;
    const keyOf = ({ currencyCode, units, nanos }: Money) => `${currencyCode} ${units} ${nanos} ${toCode}`;
    const unknown = amounts.filter((money) => money.currencyCode !== toCode && !memory.has(keyOf(money)));
    const answers = unknown.length > 0 ? await convert(unknown, toCode) : [];
    for (const [at, money] of unknown.entries()) memory.set(keyOf(money), answers[at] as Money);
    return amounts.map((money) => memory.get(keyOf(money)) ?? money);
  };
}
