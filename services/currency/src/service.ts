import type { Handlers } from "@boutique/contract/topology";
import { failedWith, RpcError } from "@boutique/rpc/error";
import { exchangeInto } from "./exchange.ts";
import type { Rates } from "./rates.ts";
import type { Reason, Signals } from "./signals.ts";

/** Converts between the currencies of one table of rates. */
export const createCurrency = (rates: Rates, signals: Signals): Handlers<"currency"> => {
  const orSay = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      signals.refused(reasonOf(error));
      throw error;
    }
  };
  return {
    getSupportedCurrencies: () => ({ currencyCodes: [...rates.byCode.keys()] }),

    convert: ({ from, toCode }) =>
      orSay(() => {
        if (!from) throw new RpcError("INVALID_ARGUMENT", "from is missing");
        const amount = exchangeInto(toCode, rates)(from, "from");
        signals.converted(from.currencyCode, toCode, 1);
        return amount;
      }),

    convertMany: ({ from, toCode }) =>
      orSay(() => {
        const exchange = exchangeInto(toCode, rates);
        const amounts = from.map((money, index) => exchange(money, `from[${index}]`));
        // Not one by one: an amount that is refused refuses all, and most are of one currency.
        for (const [code, same] of Map.groupBy(from, ({ currencyCode }) => currencyCode)) {
          signals.converted(code, toCode, same.length);
        }
        return { amounts };
      }),
  };
};

/** By the field that the error begins with. */
const reasonOf = (error: unknown): Reason => {
  if (!failedWith(error, "INVALID_ARGUMENT")) return "fault";
  return /^(to_code|\S+\.currency_code) /.test(error.details) ? "unknown_currency" : "invalid_amount";
};
