import { openBrowser, type Page } from "./browser.ts";
import {
  checkoutForm,
  currencyForm,
  expectCurrency,
  messageOf,
  payment,
  productForm,
  productLink,
  receipt,
} from "./pages.ts";

/** What a smoke test has bought, and how long each step took, in milliseconds. */
export interface Bought {
  readonly product: string;
  readonly orderId: string;
  readonly trackingId: string;
  readonly total: string;
  readonly steps: readonly { readonly name: string; readonly milliseconds: number }[];
}

/** A step that went wrong; the message says how, in the words of the page if there is one. */
export interface Failure {
  readonly step: string;
  readonly message: string;
  /** The HTTP status, if there was an answer. */
  readonly status: number | undefined;
}

/** What to buy, and how. */
export interface Wish {
  readonly currency: string;
  /** The most that a step may take, in milliseconds. */
  readonly patience: number;
  /** Told of each step that is done. */
  readonly done: (step: string, milliseconds: number) => void;
}

/** Buys one thing, as a browser without scripts would. Rejects with a Failure as the cause. */
export async function buy(shop: URL, { currency, patience, done }: Wish): Promise<Bought> {
  const browser = openBrowser();
  const steps: { name: string; milliseconds: number }[] = [];
  const step = async <T>(name: string, load: (signal: AbortSignal) => Promise<Page>, look: (page: Page) => T) => {
    const since = performance.now();
    let page: Page | undefined;
    try {
      page = await load(AbortSignal.timeout(patience));
      if (page.status !== 200) throw new Error(messageOf(page));
      const found = look(page);
      const milliseconds = performance.now() - since;
      steps.push({ name, milliseconds });
      done(name, milliseconds);
      return { page, found };
    } catch (error) {
      const failure: Failure = { step: name, status: page?.status, message: wordsOf(error, shop, patience) };
      throw new Error(failure.message, { cause: failure });
    }
  };

  const home = await step("home", (signal) => browser.open(shop, signal), productLink);
  await step(
    "currency",
    (signal) => browser.send(home.page, currencyForm(home.page), { currency_code: currency }, signal),
    (page) => expectCurrency(page, currency),
  );
  const product = await step("product", (signal) => browser.open(home.found, signal), productForm);
  const cart = await step(
    "add to cart",
    (signal) => browser.send(product.page, product.found.form, {}, signal),
    (page) => checkoutForm(page, product.found.id),
  );
  const order = await step(
    "checkout",
    (signal) => browser.send(cart.page, cart.found, payment(cart.found), signal),
    receipt,
  );
  return { product: product.found.id, ...order.found, steps };
}

function wordsOf(error: unknown, { origin }: URL, patience: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${patience / 1_000} s`;
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  return cause?.code || cause?.message ? `cannot reach ${origin}: ${cause.message || cause.code}` : error.message;
}
