import { randomUUID } from "node:crypto";
import type { Handlers, Peers } from "@boutique/contract/topology";
import { createConverter } from "@boutique/money/convert";
import { committed } from "@boutique/rpc/context";
import { RpcError } from "@boutique/rpc/error";
import type { Log } from "@boutique/telemetry/log";
import { priceList, total } from "./bill.ts";
import { beforeTheCharge, whileConverting } from "./failure.ts";
import { checkRequest } from "./request.ts";
import { createSettlement } from "./settlement.ts";

export type CheckoutPeers = Peers<"cart" | "catalog" | "currency" | "email" | "payment" | "shipping">;

/** Turns carts into orders: what is known is asked for at once, what costs money is done in order. */
export function createCheckout(peers: CheckoutPeers, log: Log, newOrderId: () => string = randomUUID) {
  const { cart, catalog, currency, shipping } = peers;
  const convert = createConverter(currency);
  const settle = createSettlement(peers, log);

  const handlers: Handlers<"checkout"> = {
    async placeOrder(request) {
      const { userId, userCurrency, address, creditCard, email } = checkRequest(request);
      const { items } = await cart.getCart({ userId }).catch(beforeTheCharge);
      if (items.length === 0) throw new RpcError("FAILED_PRECONDITION", "the cart is empty");

      const [{ products }, { costUsd }] = await Promise.all([
        catalog.listProducts({}).catch(beforeTheCharge),
        shipping.getQuote({ address, items }).catch(beforeTheCharge),
      ]);
      if (!costUsd) throw new RpcError("INTERNAL", "the quote has no price");
      const prices = priceList(items, products);
      const [shippingCost = costUsd, ...costs] = await convert([costUsd, ...prices], userCurrency).catch(
        whileConverting,
      );

      const order = {
        orderId: newOrderId(),
        shippingCost,
        shippingAddress: address,
        items: items.map((item, line) => ({ item, cost: costs[line] as typeof shippingCost })),
      };
      // From here on money moves: the order is settled even if the shopper has gone.
      return committed(() => settle({ order, total: total(order), userId, creditCard, email }));
    },
  };
  return handlers;
}
