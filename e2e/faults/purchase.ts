import { formsOf } from "../../scripts/smoke/form.ts";
import { parsePage } from "../../scripts/smoke/html.ts";
import { checkoutForm, createShopper } from "../shopper.ts";

export type Shopper = ReturnType<typeof createShopper>;

/** What came of a request: an answer, or that the connection broke (status 0). */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Milliseconds from the question to the answer's end. */
  readonly took: number;
  readonly retryAfter: boolean;
}

/** A shopper whose prices are in a currency. */
export async function shopperIn(url: string, currency: string): Promise<Shopper> {
  const shopper = createShopper(url);
  await shopper.post("/setCurrency", { currency_code: currency });
  return shopper;
}

/** Asks, and takes a connection that breaks for an answer like any other. */
export async function ask(question: () => ReturnType<Shopper["get"]>): Promise<Answer> {
  const since = performance.now();
  const { status, text, headers } = await question().catch((error: Error) => ({
    status: 0,
    text: String(error.cause ?? error),
    headers: new Headers(),
  }));
  return { status, text, took: performance.now() - since, retryAfter: headers.has("retry-after") };
}

/** What the form on a cart page would send: what it hides, and what a shopper types. */
export function orderForm(cartPage: string): Record<string, string> {
  const form = formsOf(parsePage(cartPage)).find(({ fields }) =>
    fields.some(({ name }) => name === "credit_card_number"),
  );
  const given = (form?.fields ?? []).map(({ name, value }) => [name, value]);
  return { ...Object.fromEntries(given), ...checkoutForm };
}

/** What a shopper is told of an order that is confirmed. */
export interface Receipt {
  readonly orderId: string;
  readonly trackingId: string;
  /** What was paid, as it is shown. */
  readonly total: string;
}

/** The receipt that a page is; undefined where it is none. */
export function receiptIn(page: string): Receipt | undefined {
  const [orderId, trackingId, total] = ["order-id", "tracking-id", "total-paid"].map(
    (id) => new RegExp(`id="${id}">([^<]+)`).exec(page)?.[1],
  );
  return orderId && trackingId && total ? { orderId, trackingId, total } : undefined;
}

/** What is in the cart that a page shows: how many of what. */
export const linesIn = (cartPage: string): Map<string, number> =>
  new Map(
    [...cartPage.matchAll(/SKU #(\w+)<\/span>\s*<span class="hint">Quantity: (\d+)/g)].map(([, id = "", quantity]) => [
      id,
      Number(quantity),
    ]),
  );
