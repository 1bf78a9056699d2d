import type { Message } from "@boutique/contract/proto";
import { type Money, sum, times } from "@boutique/money/money";
import { RpcError } from "@boutique/rpc/error";

type CartItem = Message<"CartItem">;

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

/** What an order costs: its lines and its shipping, all in one currency. */
export function total(order: {
  shippingCost: Money;
  items: readonly { item: { quantity: number }; cost: Money }[];
}): Money {
  const lines = order.items.map(({ item, cost }) => times(cost, item.quantity));
  return sum(order.shippingCost.currencyCode, [order.shippingCost, ...lines]);
}
