import type { Message } from "@boutique/contract/proto";
import { RpcError } from "@boutique/rpc/error";

const free: Message<"Money"> = { currencyCode: "USD", units: "0", nanos: 0 };
const flatFee: Message<"Money"> = { currencyCode: "USD", units: "8", nanos: 990_000_000 };

/** What delivery costs: one fee for any number of items, nothing for none. */
export function quoteFor(items: readonly Message<"CartItem">[]): Message<"Money"> {
  const wrong = items.findIndex(({ quantity }) => quantity < 0);
  if (wrong >= 0) throw new RpcError("INVALID_ARGUMENT", `items[${wrong}].quantity is negative`);
  return items.some(({ quantity }) => quantity > 0) ? flatFee : free;
}
