import type { Message } from "@boutique/contract/proto";
import { type Money, sum, times } from "@boutique/money/money";
import { type Product, priceOf } from "./shelves.ts";
import type { Shop } from "./shop.ts";

/** What is in a cart, and what it comes to. */
export interface Bill {
  /** The currency of all its amounts: the one asked for, or dollars while nobody can convert. */
  readonly currency: string;
  readonly lines: readonly BillLine[];
  /** Undefined while nobody can say; the total is then that of the lines alone. */
  readonly shipping: Money | undefined;
  readonly total: Money;
}

interface BillLine extends Message<"CartItem"> {
  /** Undefined when it is no longer sold. */
  readonly product: Product | undefined;
  readonly amount: Money;
}

const free: Money = { currencyCode: "USD", units: "0", nanos: 0 };

/** Makes out the bill of a cart as the checkout service does, so that both come to the same. */
export async function billOf(shop: Shop, items: Message<"CartItem">[], wanted: string): Promise<Bill> {
  const [products, quote] = await Promise.all([
    shop.shelves.find(items.map(({ productId }) => productId)),
    items.length > 0 ? shop.quote(items) : free,
  ]);
  const prices = products.map((product) => (product ? priceOf(product) : free));
  const { amounts, currency } = await shop.priced([quote ?? free, ...prices], wanted);
  const [shipping = free, ...costs] = amounts;
  const lines = items.map((item, line) => {
    return { ...item, product: products[line], amount: times(costs[line] ?? free, item.quantity) };
  });
  const total = sum(currency, [shipping, ...lines.map(({ amount }) => amount)]);
  return { currency, lines, shipping: quote && shipping, total };
}
