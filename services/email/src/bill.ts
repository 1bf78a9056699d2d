import type { Message } from "@boutique/contract/proto";
import { formatMoney } from "@boutique/money/format";
import { type Money, sum, times, toNanos } from "@boutique/money/money";
import { RpcError } from "@boutique/rpc/error";
import { quoted } from "@boutique/rpc/quoted";

/** What an order costs, ready to be read. */
export interface Bill {
  readonly lines: readonly { productId: string; quantity: number; price: string; together: string }[];
  readonly shipping: string;
  readonly total: string;
}

/** Adds up an order in its own currency; INVALID_ARGUMENT where a price is missing or makes no sense. */
export function billOf(order: Message<"OrderResult">): Bill {
  const shipping = checked(order.shippingCost, "order.shipping_cost");
  const lines = order.items.map(({ item, cost }, index) => {
    const field = `order.items[${index}]`;
    if (!item) throw new RpcError("INVALID_ARGUMENT", `${field}.item is missing`);
    const { productId, quantity } = item;
    if (quantity < 1) {
      throw new RpcError("INVALID_ARGUMENT", `${field}.item.quantity is ${quantity}: must be at least 1`);
    }
    const price = checked(cost, `${field}.cost`);
    if (price.currencyCode !== shipping.currencyCode) {
      const code = quoted(price.currencyCode, 16);
      throw new RpcError("INVALID_ARGUMENT", `${field}.cost.currency_code is ${code}: not that of order.shipping_cost`);
    }
    return { productId, quantity, price, together: times(price, quantity, field) };
  });
  return {
    lines: lines.map((line) => ({ ...line, price: formatMoney(line.price), together: formatMoney(line.together) })),
    shipping: formatMoney(shipping),
    total: formatMoney(sum(shipping.currencyCode, [shipping, ...lines.map(({ together }) => together)], "order")),
  };
}

function checked(money: Money | null, field: string): Money {
  if (!money) throw new RpcError("INVALID_ARGUMENT", `${field} is missing`);
  toNanos(money, field);
  return money;
}
