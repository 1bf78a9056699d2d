import { symbolOf } from "@boutique/money/format";
import type { Frame } from "./views.ts";

/** The currencies to choose from, one of them chosen: the same object for the same choice. */
export function createChoices() {
  const known = new Map<string, object>();
  return ({ currencies, currency }: Frame): object => {
    const key = [currency, ...currencies].join();
    const option = (code: string) => ({ code, label: `${code} ${symbolOf(code)}`, selected: code === currency });
    const choice = known.get(key) ?? { options: currencies.map(option) };
    known.set(key, choice);
    return choice;
  };
}
