import type { Handlers } from "@boutique/contract/topology";
import { RpcError } from "@boutique/rpc/error";
import { exchangeInto } from "./exchange.ts";
import type { Rates } from "./rates.ts";

/** Converts between the currencies of one table of rates. */
export const createCurrency = (rates: Rates): Handlers<"currency"> => ({
  getSupportedCurrencies: () => ({ currencyCodes: [...rates.byCode.keys()] }),

  convert: ({ from, toCode }) => {
    if (!from) throw new RpcError("INVALID_ARGUMENT", "from is missing");
    return exchangeInto(toCode, rates)(from, "from");
  },

  convertMany: ({ from, toCode }) => {
    const exchange = exchangeInto(toCode, rates);
    return { amounts: from.map((money, index) => exchange(money, `from[${index}]`)) };
  },
});
