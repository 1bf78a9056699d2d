import { fromNanos, type Money, toNanos } from "@boutique/money/money";
import { RpcError } from "@boutique/rpc/error";
import { quoted } from "@boutique/rpc/quoted";
import type { Rate, Rates } from "./rates.ts";

/** Turns amounts into one currency; `field` is the name that an error gives to the amount. */
export type Exchange = (from: Money, field: string) => Money;

/**
 * An exchange into the currency of that code; INVALID_ARGUMENT where there is no rate for it.
 *
 * An amount of that currency stays as it is. Any other goes by way of the base, as in the original shop: there it is
 * rounded to a billionth of a unit (a half away from zero), and what comes of it is cut off to one, toward zero. One
 * division in place of two would give other prices than the original's: by 6,213 billionths for 19.99 USD in IDR.
 */
export function exchangeInto(toCode: string, rates: Rates): Exchange {
  const to = rateOf(toCode, "to_code", rates);
  return (money, field) => {
    const from = rateOf(money.currencyCode, `${field}.currency_code`, rates);
    const nanos = toNanos(money, field);
    if (money.currencyCode === toCode) return fromNanos(toCode, nanos, field);
    const inBase = divideRounding(nanos * from.denominator, from.numerator);
    return fromNanos(toCode, (inBase * to.numerator) / to.denominator, field);
  };
}

const divideRounding = (dividend: bigint, divisor: bigint) =>
  (2n * dividend + (dividend < 0n ? -divisor : divisor)) / (2n * divisor);

function rateOf(code: string, field: string, { byCode }: Rates): Rate {
  const rate = byCode.get(code);
  if (rate) return rate;
  throw new RpcError(
    "INVALID_ARGUMENT",
    code ? `${field} is ${quoted(code, 16)}: no rate is known` : `${field} is empty`,
  );
}
