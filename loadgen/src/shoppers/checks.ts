import { amountOf, type Bill, between, billOf } from "./reading.ts";

/** Says in words what is wrong with a page; undefined when it will do. */
export type Check = (page: string) => string | undefined;

/** What a shopper knows, and holds pages against. */
export interface Memory {
  home: Check;
  product(id: string): Check;
  search(words: string): Check;
  cart: Check;
  order: Check;
  /** Before something is put in the cart, and taken out of it. */
  putIn(id: string, quantity: number): void;
  emptied(): void;
  /** What was asked for may have been done or not: for a while the shop is believed. */
  unsure(): void;
}

const DOUBT_MS = 30_000;

/** The memory of a new shopper. `currency` says which one the shop has been told. */
export function createMemory(currency: () => string): Memory {
  const cart = new Map<string, number>();
  let doubtUntil = 0;
  /** As the last product page has it, and the last cart page: while they hold. */
  let price = { ...unknown, id: "" };
  let total = unknown;

  const inCurrency: Check = (page) =>
    page.includes(`value="${currency()}" selected`) ? undefined : "page in another currency than was chosen";

  const home: Check = (page) => {
    if (amountOf(between(page, 'class="hot-product-card-price">', "<")) > 0) return inCurrency(page);
    return "home page without a product and its price";
  };

  /** What is in the cart by a page, against what was put in; the page is right from now on. */
  const differs = ({ lines }: Bill): boolean => {
    const same = lines.length === cart.size && lines.every(({ id, quantity }) => cart.get(id) === quantity);
    cart.clear();
    for (const { id, quantity } of lines) cart.set(id, quantity);
    return !same && performance.now() > doubtUntil;
  };

  const misprices = ({ lines }: Bill): boolean => {
    const line = price.currency === currency() && lines.find(({ id }) => id === price.id);
    if (!line) return false;
    // Prices are cut to cents when they are shown: of each piece, up to a cent may be missing.
    const least = line.quantity * price.amount;
    return line.price < least || line.price >= least + line.quantity;
  };

  return {
    home,

    product: (id) => (page) => {
      const amount = amountOf(between(page, 'class="product-price">', "<"));
      if (!page.includes(`name="product_id" value="${id}"`)) return "product page of another product";
      if (!(amount > 0)) return "product page without a price";
      price = { id, amount, currency: currency() };
      return inCurrency(page);
    },

    search: (words) => (page) => {
      if (!page.includes(`name="q" type="search" value="${words}"`)) return "search page for other words";
      if (!page.includes('class="hot-product-card-price">')) return "search page without products";
      return inCurrency(page);
    },

    cart(page) {
      total = unknown;
      const bill = page.includes(">Your cart is empty<") ? nothing : billOf(page);
      if (!bill) return "cart page without a cart";
      if (differs(bill)) return "cart page with other items than were put in";
      if (bill === nothing) return inCurrency(page);
      if (!addsUp(bill)) return "cart page whose total is not the sum of its lines";
      if (misprices(bill)) return "cart page with another price than the product's page";
      total = { amount: bill.total, currency: currency() };
      return inCurrency(page);
    },

    order(page) {
      const id = between(page, 'id="order-id">', "<")?.trim();
      const paid = amountOf(between(page, 'id="total-paid">', "<"));
      const bill = billOf(page);
      const other = !bill || differs(bill);
      cart.clear();
      if (!id) return "order page without an order id";
      if (!(paid > 0)) return "order page without a total";
      if (other) return "order page with other items than were in the cart";
      if (bill.total !== paid || !addsUp(bill)) return "order page whose total is not the sum of its lines";
      if (total.currency === currency() && total.amount !== paid)
        return "order page with another total than the cart's";
      return undefined;
    },

    putIn(id, quantity) {
      cart.set(id, (cart.get(id) ?? 0) + quantity);
      total = unknown;
    },
    emptied: () => cart.clear(),
    unsure() {
      doubtUntil = performance.now() + DOUBT_MS;
    },
  };
}

const unknown = { amount: Number.NaN, currency: "" };
const nothing: Bill = { lines: [], shipping: 0, total: 0 };

/** Each amount is cut to cents when it is shown: up to a cent of each may be missing in the sum. */
function addsUp({ lines, shipping, total }: Bill): boolean {
  const sum = lines.reduce((sum, { price }) => sum + price, shipping);
  return total >= sum && total <= sum + lines.length + 1;
}
