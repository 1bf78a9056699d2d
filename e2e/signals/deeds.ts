import { randomUUID } from "node:crypto";
import type { MessageInit } from "@boutique/contract/proto";
import type { Client, ServiceName } from "@boutique/contract/topology";
import { connect } from "@boutique/rpc/client";
import type { RunningShop } from "../running-shop.ts";
import { checkoutForm, createShopper } from "../shopper.ts";

/** A client of one service of a running shop, for the length of some work. */
export async function calling<N extends ServiceName>(
  shop: RunningShop,
  name: N,
  work: (client: Client<N>) => Promise<unknown>,
): Promise<void> {
  const client = connect(name, shop.grpc(name));
  await work(client).finally(client.close);
}

/** A call that is refused, which is what it is made for. */
export const refused = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => Promise.reject(new Error("was not refused")),
    () => {},
  );

const product_id = "OLJCESPC7Z";

/** Everything a shopper does, some of it not as the shop would like. */
export async function visitAll({ url }: RunningShop, headers: Record<string, string> = {}): Promise<void> {
  const { get, post } = createShopper(url, headers);
  await get("/");
  for (const query of ["kitchen", "no such thing"]) await get(`/search?q=${encodeURIComponent(query)}`);
  await post("/setCurrency", { currency_code: "EUR" });
  const { text } = await get(`/product/${product_id}`);
  for (const [, path = ""] of text.matchAll(/href="(\/product\/\w+\?from&#x3D;\w+)"/g))
    await get(path.replace("&#x3D;", "="));
  await get("/product/NOSUCHTHING");
  await post("/cart", { product_id, quantity: "10" });
  await post("/cart", { product_id: "66VCHSJNUP", quantity: "2" });
  await get("/cart");
  await post("/cart/checkout", { ...checkoutForm, credit_card_number: "378282246310005" });
  const once = { ...checkoutForm, idempotency_key: randomUUID() };
  for (const form of [once, once]) await post("/cart/checkout", form);
  // Of an empty cart: refused.
  await post("/cart/checkout", checkoutForm);
  await post("/cart", { product_id, quantity: "1" });
  await post("/cart/empty");
  await post("/cart", { product_id, quantity: "1" });
}

const money = (currencyCode: string, units = "10"): MessageInit<"Money"> => ({ currencyCode, units, nanos: 0 });

/** What shoppers cannot do and other clients can: calls that services have to refuse, and a refund. */
export async function misbehave(shop: RunningShop): Promise<void> {
  const year = new Date().getUTCFullYear() + 1;
  const creditCard = {
    creditCardNumber: "4432801561520454",
    creditCardCvv: 672,
    creditCardExpirationYear: year,
    creditCardExpirationMonth: 1,
  };
  await calling(shop, "ad", ({ getAds }) => refused(getAds({ contextKeys: Array(101).fill("clothing") })));
  await calling(shop, "catalog", ({ getProduct }) => refused(getProduct({ id: "NOSUCHTHING" })));
  await calling(shop, "currency", ({ convert }) => refused(convert({ from: money("USD"), toCode: "XXX" })));
  await calling(shop, "payment", async ({ charge, refund }) => {
    await refused(charge({ amount: money("USD"), creditCard: { ...creditCard, creditCardExpirationYear: 2020 } }));
    const once = { amount: money("USD"), creditCard, idempotencyKey: randomUUID() };
    await charge(once);
    const { transactionId } = await charge(once);
    await refund({ transactionId, amount: money("USD") });
  });
  await calling(shop, "shipping", async ({ getQuote, shipOrder }) => {
    await refused(getQuote({ items: [{ productId: product_id, quantity: -1 }] }));
    await refused(shipOrder({}));
    const once = { address: {}, idempotencyKey: randomUUID() };
    for (const parcel of [once, once]) await shipOrder(parcel);
  });
  await calling(shop, "email", ({ sendOrderConfirmation }) =>
    refused(sendOrderConfirmation({ email: "ada@example.com", order: { orderId: "order-1" } })),
  );
}
