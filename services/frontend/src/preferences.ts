import { cookieNames } from "./cookies.ts";
import { type Page, problem } from "./page.ts";
import type { Signals } from "./signals.ts";

/** Chooses a currency and goes back to the page that it was chosen on. */
export const createCurrencyChoice =
  (signals: Signals): Page =>
  ({ form, currencies, returnTo }) => {
    const { currency_code: code = "" } = form;
    if (!currencies.includes(code)) {
      const known = currencies.join(", ");
      return problem(422, "This currency is not taken", `Please choose one of ${known}.`);
    }
    signals.currencyChosen(code);
    return { redirect: returnTo, cookies: { [cookieNames.currency]: code } };
  };

/** Forgets the visitor: the next page is a new one's first. */
export const logout: Page = () => ({
  redirect: "/",
  cookies: { [cookieNames.session]: undefined, [cookieNames.currency]: undefined },
});
