import type { Message } from "@boutique/contract/proto";
import { type Money, sum, times } from "@boutique/money/money";
import { RpcError } from "@boutique/rpc/error";

type CartItem = Message<"CartItem">;

/** An order that is priced and not yet paid. */
export interface Bill {
  readonly order: Omit<Message<"OrderResult">, "shippingTrackingId" | "items" | "shippingAddress"> & {
    readonly items: { item: CartItem; cost: Money }[];
    readonly shippingAddress: Message<"Address">;
  };
  readonly total: Money;
  /** The same by the prices before they were converted. */
  readonly totalUsd: Money;
  readonly userId: string;
  readonly creditCard: Message<"CreditCardInfo">;
  readonly email: string;
}

/** The price of one of each line, in US dollars; FAILED_PRECONDITION for a line that cannot be sold. */
export function priceList(items: readonly CartItem[], products: readonly Message<"Product">[]): Money[] {
  const prices = new Map(products.map(({ id, priceUsd }) => [id, priceUsd]));
  return items.map(({ productId, quantity }) => {
    const price = prices.get(productId);
    if (!price) throw new RpcError("FAILED_PRECONDITION", `the product ${productId} is no longer sold`);
    if (quantity < 1) throw new RpcError("FAILED_PRECONDITION", `the cart has ${quantity} of ${productId}`);
    return price;
  });
}

/** What an order costs: its shipping and its lines, of which `costs` has the price of one each, all in one currency. */
export function total(
  currencyCode: string,
  shipping: Money,
  items: readonly CartItem[],
  costs: readonly Money[],
): Money {
  const lines = costs.map((cost, line) => times(cost, items[line]?.quantity ?? 0));
  return sum(currencyCode, [shipping, ...lines]);
}
