import type { Message, MessageInit } from "@boutique/contract/proto";
import type { ServiceName } from "@boutique/contract/topology";
import { nothing, sum, times } from "./money.ts";
import { call, panic } from "./wire.ts";

// The original allows an ad 100 ms. Whether it comes in time is not for a test on a busy machine to say.
const PATIENCE = 10_000;

/** The form of the checkout page, as the services get it. */
export type OrderForm = Pick<MessageInit<"PlaceOrderRequest">, "address" | "email" | "creditCard">;

/**
 * The original's storefront without its pages: for each the calls it makes, in its order. A page rejects where the
 * original answers 500; `degraded` gets what it would leave out of a page without a word.
 */
export function openStorefront(addressOf: (name: ServiceName) => string, degraded: string[]) {
  const peer = <N extends ServiceName>(name: N) => call(name, addressOf(name));
  const [cart, catalog, currency] = [peer("cart"), peer("catalog"), peer("currency")];
  const [checkout, recommendation, shipping] = [peer("checkout"), peer("recommendation"), peer("shipping")];
  const ad = call("ad", addressOf("ad"), PATIENCE);

  const missing = (part: string) => (error: Error) => {
    degraded.push(`no ${part}: ${error.message}`);
    return undefined;
  };
  const chooseAd = async (contextKeys: string[]) => {
    const answer = await ad.getAds({ contextKeys }).catch(missing("ads"));
    if (answer?.ads.length === 0) panic("an ad was to be chosen from none");
  };

  /** A shopper with a session and a currency, from page to page. */
  const visit = (userId: string, userCurrency: string) => {
    const currencies = async () => {
      const { currencyCodes } = await currency.getSupportedCurrencies({});
      if (!currencyCodes.includes(userCurrency)) throw new Error(`${userCurrency} is not offered`);
    };
    const convert = (from: Message<"Money"> | null) => currency.convert({ from, toCode: userCurrency });
    const recommendations = async (productIds: string[]) => {
      const answer = await recommendation.listRecommendations({ userId, productIds });
      for (const id of answer.productIds) await catalog.getProduct({ id });
    };

    return {
      async home() {
        await currencies();
        const { products } = await catalog.listProducts({});
        await cart.getCart({ userId });
        for (const { priceUsd } of products) await convert(priceUsd);
        await chooseAd([]);
        return products;
      },

      async product(id: string) {
        const { categories, priceUsd } = await catalog.getProduct({ id });
        await currencies();
        await cart.getCart({ userId });
        const price = await convert(priceUsd);
        await recommendations([id]).catch(missing("recommendations"));
        await chooseAd(categories);
        return price;
      },

      async addToCart(productId: string, quantity: number) {
        const { id } = await catalog.getProduct({ id: productId });
        await cart.addItem({ userId, item: { productId: id, quantity } });
      },

      async cart() {
        await currencies();
        const { items } = await cart.getCart({ userId });
        await recommendations(items.map(({ productId }) => productId)).catch(missing("recommendations"));
        const { costUsd } = await shipping.getQuote({ items });
        let total = sum(nothing(userCurrency), await convert(costUsd));
        for (const { productId, quantity } of items) {
          const { priceUsd } = await catalog.getProduct({ id: productId });
          total = sum(total, times(await convert(priceUsd), quantity));
        }
        return { items, total };
      },

      async checkout(form: OrderForm) {
        const { order } = await checkout.placeOrder({ ...form, userId, userCurrency });
        await recommendations([]).catch(missing("recommendations"));
        await currencies();
        if (!order) return panic("an order page of no order");
        const lines = order.items.map(({ cost, item }) => times(cost, item?.quantity ?? 0));
        return { ...order, total: [order.shippingCost, ...lines].reduce(sum, nothing(userCurrency)) };
      },
    };
  };

  const close = () => {
    for (const client of [ad, cart, catalog, checkout, currency, recommendation, shipping]) client.close();
  };
  return { visit, close };
}
