import type { Client, Handlers, ServiceName } from "@boutique/contract/topology";
import { RpcError } from "@boutique/rpc/error";
import { recordBusiness } from "@boutique/testkit/business";
import { overTheWire } from "@boutique/testkit/wire";
import { onTestFinished } from "vitest";
import { createMemoryJournal } from "../src/memory-journal.ts";
import { type Order, opened } from "../src/order.ts";
import { type CheckoutOptions, type CheckoutPeers, createCheckout } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";

export const address = { streetAddress: "1 Main St", city: "Springfield", state: "OR", country: "USA", zipCode: 97477 };
export const creditCard = {
  creditCardNumber: "4432801561520454",
  creditCardCvv: 672,
  creditCardExpirationMonth: 1,
  creditCardExpirationYear: 2099,
};
export const request = { userId: "ada", userCurrency: "USD", address, creditCard, email: "ada@example.com" };
export const usd = (units: string, nanos: number) => ({ currencyCode: "USD", units, nanos });
export const product = (id: string, priceUsd: ReturnType<typeof usd>) => ({
  id,
  priceUsd,
  name: id,
  description: "",
  picture: "",
  categories: [],
});
/** An order that is about to be charged. */
export const order = (orderId: string, placedAt = 1_000): Order => {
  const priced = { orderId, shippingCost: usd("8", 0), shippingAddress: address, items: [] };
  const bill = {
    order: priced,
    total: usd("8", 0),
    totalUsd: usd("8", 0),
    userId: "ada",
    creditCard,
    email: "ada@example.com",
  };
  return opened(bill, placedAt, `charge-${orderId}`);
};
export const refuse = (code: ConstructorParameters<typeof RpcError>[0], words: string) => () => {
  throw new RpcError(code, words);
};

type Fakes = { [N in keyof CheckoutPeers]: Partial<Handlers<N>> };

/** A shop in which all goes well, except where a test says otherwise; `calls` is what was asked, in order. */
export async function shopWhere(different: Partial<Fakes> = {}, options: Partial<CheckoutOptions> = {}) {
  const calls: string[] = [];
  const asked: Record<string, unknown> = {};
  const usual: Fakes = {
    cart: {
      getCart: ({ userId }) => ({
        userId,
        items: [
          { productId: "MUG", quantity: 2 },
          { productId: "HAT", quantity: 1 },
        ],
      }),
      emptyCart: () => ({}),
    },
    catalog: {
      listProducts: () => ({
        products: [product("MUG", usd("8", 990_000_000)), product("HAT", usd("0", 500_000_000))],
      }),
    },
    currency: {
      convertMany: ({ from, toCode }) => ({
        amounts: from.map(({ units, nanos }) => ({ currencyCode: toCode, units: String(Number(units) * 2), nanos })),
      }),
    },
    email: { sendOrderConfirmation: () => ({}) },
    payment: { charge: () => ({ transactionId: "T-1" }), refund: () => ({ refundId: "R-1" }) },
    shipping: {
      getQuote: () => ({ costUsd: usd("8", 990_000_000) }),
      shipOrder: () => ({ trackingId: "AB-12345-123456789" }),
    },
  };
  const peer = async <N extends ServiceName & keyof Fakes>(name: N): Promise<Client<N>> => {
    const answers = Object.entries({ ...usual[name], ...different[name] }).map(([method, answer]) => [
      method,
      (asking: never, context: never) => {
        calls.push(method);
        asked[method] = asking;
        return (answer as (request: never, context: never) => unknown)(asking, context);
      },
    ]);
    return overTheWire(name, Object.fromEntries(answers));
  };
  const peers = {
    cart: await peer("cart"),
    catalog: await peer("catalog"),
    currency: await peer("currency"),
    email: await peer("email"),
    payment: await peer("payment"),
    shipping: await peer("shipping"),
  };
  const recorded = recordBusiness();
  const errors: { words: string }[] = [];
  const log = { error: (fields: object, words: string) => void errors.push({ ...fields, words }) };
  const journal = options.journal ?? createMemoryJournal();
  const signals = createSignals(recorded.business);
  const keys: string[] = [];
  const orderId = (_: string, key: string) => {
    if (!keys.includes(key)) keys.push(key);
    return `ORDER-${keys.indexOf(key) + 1}`;
  };
  const { handlers, recovery } = createCheckout(peers, log, signals, { orderId, ...options, journal });
  onTestFinished(recovery.close);
  const checkout = await overTheWire("checkout", handlers);
  return { ...recorded, handlers, journal, checkout, close: recovery.close, calls, asked, errors };
}
