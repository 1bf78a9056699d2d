import type { Page } from "./browser.ts";
import { type Form, formsOf, takes } from "./form.ts";
import { type Element, findAll, textOf } from "./html.ts";

// What the pages of the shop look like to someone who uses them, ours and those of the original.

const uuid = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/i;
const tracking = /\b[A-Z]{2}-\d+-\d+\b/;
const price = /(?:[A-Z]{1,3}\s?)?\p{Sc}?\s?\d[\d.,\s]*\d(?:\s?\p{Sc})?/u;

// What a shopper types where the form is empty.
const shopper: Readonly<Record<string, string>> = {
  email: "someone@example.com",
  street_address: "1600 Amphitheatre Parkway",
  zip_code: "94043",
  city: "Mountain View",
  state: "CA",
  country: "United States",
  credit_card_cvv: "672",
};

/** The first product that the front page leads to. */
export function productLink(page: Page): URL {
  const { root, url } = page;
  const link = findAll(
    root,
    ({ tag, attributes }) => tag === "a" && /\/product\/[^/]+$/.test(attributes.href ?? ""),
  )[0];
  if (!link) throw new Error(`the page has no link to a product: ${messageOf(page)}`);
  return new URL(link.attributes.href ?? "", url);
}

function formWith(page: Page, ...names: readonly string[]): Form {
  const form = formsOf(page.root).find(({ fields }) =>
    names.every((name) => fields.some((field) => field.name === name)),
  );
  if (form) return form;
  throw new Error(`the page has no form with ${names.join(" and ")}: ${messageOf(page)}`);
}

/** The form by which a page changes the currency. */
export const currencyForm = (page: Page) => formWith(page, "currency_code");

/** Throws unless a page has its prices in a currency. */
export function expectCurrency(page: Page, currency: string): void {
  const shown = currencyForm(page).fields.find(({ name }) => name === "currency_code")?.value;
  if (shown !== currency) throw new Error(`asked for ${currency}, the page has ${shown}`);
}

/** The form of a product's page that puts it into the cart, and the product's id. */
export function productForm(page: Page) {
  const form = formWith(page, "product_id", "quantity");
  return { form, id: form.fields.find(({ name }) => name === "product_id")?.value ?? "" };
}

/** The form of the cart's page that places the order; throws unless the product is in the cart. */
export function checkoutForm(page: Page, product: string): Form {
  if (!page.text.includes(product)) throw new Error(`${product} is not in the cart: ${messageOf(page)}`);
  return formWith(page, "email", "credit_card_number");
}

/** What is typed into the checkout form: the card as people write it where the form takes that, next year's expiry. */
export function payment({ fields }: Form): Record<string, string> {
  const empty = fields.filter(({ name, value }) => !value && shopper[name]).map(({ name }) => [name, shopper[name]]);
  const card = ["4432-8015-6152-0454", "4432801561520454"];
  const number = fields.find(({ name }) => name === "credit_card_number");
  return {
    ...Object.fromEntries(empty),
    credit_card_number: card.find((text) => number && takes(number, text)) ?? "",
    credit_card_expiration_year: String(new Date().getFullYear() + 1),
  };
}

/** What the page of a placed order says. */
export function receipt(page: Page) {
  const text = textOf(page.root);
  const byId = (id: string) => findAll(page.root, ({ attributes }) => attributes.id === id).map(textOf)[0];
  const orderId = byId("order-id") ?? uuid.exec(text)?.[0];
  const trackingId = tracking.exec(byId("tracking-id") ?? text)?.[0];
  const total = byId("total-paid") ?? price.exec(text.slice(text.search(/total paid/i)))?.[0];
  if (orderId && trackingId && total) return { orderId, trackingId, total: total.trim() };
  throw new Error(`the page has no order number, tracking number and total: ${messageOf(page)}`);
}

/** What a page says to its reader: an alert if there is one, else its heading and what follows. */
export function messageOf({ status, text, root }: Page): string {
  const alerts = findAll(root, ({ attributes }) => attributes.role === "alert").map(textOf);
  const main = findAll(root, ({ tag }) => tag === "main")[0] ?? root;
  const said = findAll(main, ({ tag }) => /^(h[1-3]|p|pre)$/.test(tag)).map(textOf);
  const words =
    (alerts.length > 0 ? alerts : said).filter((words) => /\D/.test(words)).join(" · ") ||
    textOf(titleOf(root) ?? text);
  return `${status}: ${words.slice(0, 300) || "an empty page"}`;
}

const titleOf = (root: Element) => findAll(root, ({ tag }) => tag === "title")[0];
