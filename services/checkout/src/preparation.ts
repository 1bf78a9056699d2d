import type { Message } from "@boutique/contract/proto";
import { createConverter } from "@boutique/money/convert";
import { codeOf, failedWith, RpcError } from "@boutique/rpc/error";
import { type Bill, priceList, total } from "./bill.ts";
import { checkExpected, checkRepeated } from "./expected.ts";
import { beforeTheCharge, whileConverting, whileLookingUp } from "./failure.ts";
import type { Journal } from "./journal.ts";
import { checkRequest } from "./request.ts";
import type { CheckoutPeers } from "./service.ts";
import type { Signals } from "./signals.ts";
import { watchSteps } from "./steps.ts";

/**
 * Prices what is in a cart: all that comes before the charge. What is known is asked for at once. Of an order that was
 * begun already there is nothing to prepare: undefined.
 */
export function createPreparation(peers: CheckoutPeers, journal: Journal, signals: Signals) {
  const { cart, catalog, currency, shipping } = peers;
  const convert = createConverter(currency);

  const price = async (request: Message<"PlaceOrderRequest">, orderId: string): Promise<Bill | undefined> => {
    const at = watchSteps((step, error) => signals.notPrepared(step, request, codeOf(error)));

    const { userId, userCurrency, address, creditCard, email } = await at("request", () => checkRequest(request));
    // At once with the cart, which costs no time; and before its answer counts, for the cart of an order is emptied.
    const known = request.idempotencyKey ? at("journal", () => journal.find(orderId), whileLookingUp) : undefined;
    const filled = at("cart", () => cart.getCart({ userId }), beforeTheCharge);
    filled.catch(() => {});
    const before = await known;
    if (before) return void checkRepeated(before, request.expectedTotal);
    const { items } = await filled;
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
        const cost = total(shippingCost.currencyCode, shippingCost, items, costs);
        checkExpected(request.expectedTotal, cost);
        return {
          order: { orderId, shippingCost, shippingAddress: address, items: lines },
          total: cost,
          totalUsd: total("USD", costUsd, items, prices),
          userId,
          creditCard,
          email,
        };
      },
      whileConverting,
    );
  };

  return async (request: Message<"PlaceOrderRequest">, orderId: string): Promise<Bill | undefined> => {
    try {
      return await price(request, orderId);
    } catch (error) {
      // Somebody may have placed it meanwhile, and emptied the cart.
      const isOther = failedWith(error, "ABORTED");
      if (!isOther && request.idempotencyKey && (await journal.find(orderId).catch(() => undefined))) return undefined;
      throw error;
    }
  };
}

function refuseEmpty(): never {
  throw new RpcError("FAILED_PRECONDITION", "the cart is empty");
}

function priceIn({ costUsd }: Message<"GetQuoteResponse">) {
  if (!costUsd) throw new RpcError("INTERNAL", "the quote has no price");
  return costUsd;
}
