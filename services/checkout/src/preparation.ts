import type { Message } from "@boutique/contract/proto";
import { createConverter } from "@boutique/money/convert";
import { codeOf, RpcError } from "@boutique/rpc/error";
import { type Bill, priceList, total } from "./bill.ts";
import { beforeTheCharge, whileConverting } from "./failure.ts";
import { checkRequest } from "./request.ts";
import type { CheckoutPeers } from "./service.ts";
import type { Signals, Step } from "./signals.ts";

/** Prices what is in a cart: all that comes before the charge. What is known is asked for at once. */
export function createPreparation(peers: CheckoutPeers, signals: Signals, newOrderId: () => string) {
  const { cart, catalog, currency, shipping } = peers;
  const convert = createConverter(currency);

  return async (request: Message<"PlaceOrderRequest">): Promise<Bill> => {
    const at = watchSteps((step, error) => signals.notPrepared(step, request, codeOf(error)));

    const { userId, userCurrency, address, creditCard, email } = await at("request", () => checkRequest(request));
    const { items } = await at("cart", () => cart.getCart({ userId }), beforeTheCharge);
    if (items.length === 0) await at("empty_cart", refuseEmpty);
    const [{ products }, costUsd] = await Promise.all([
      at("catalog", () => catalog.listProducts({}), beforeTheCharge),
      at("quote", () => shipping.getQuote({ address, items }).then(priceIn), beforeTheCharge),
    ]);
    const prices = await at("catalog", () => priceList(items, products));
    return at(
      "conversion",
      async () => {
        const [shippingCost = costUsd, ...costs] = await convert([costUsd, ...prices], userCurrency);
        const lines = items.map((item, line) => ({ item, cost: costs[line] as typeof shippingCost }));
        return {
          order: { orderId: newOrderId(), shippingCost, shippingAddress: address, items: lines },
          total: total(shippingCost.currencyCode, shippingCost, items, costs),
          totalUsd: total("USD", costUsd, items, prices),
          userId,
          creditCard,
          email,
        };
      },
      whileConverting,
    );
  };
}

function refuseEmpty(): never {
  throw new RpcError("FAILED_PRECONDITION", "the cart is empty");
}

function priceIn({ costUsd }: Message<"GetQuoteResponse">) {
  if (!costUsd) throw new RpcError("INTERNAL", "the quote has no price");
  return costUsd;
}

/** Runs steps, and says which one failed: the first only, since two that run at once may both fail. */
function watchSteps(say: (step: Step, error: unknown) => void) {
  let said = false;
  return async <T>(step: Step, work: () => T | Promise<T>, told?: (error: unknown) => never): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!said) say(step, error);
      said = true;
      if (told) told(error);
      throw error;
    }
  };
}
