import { randomBytes } from "node:crypto";
import type { Message } from "@boutique/contract/proto";
import { status } from "@grpc/grpc-js";
import { nothing, sum, times } from "./money.ts";
import { type Answers, fail, type Peer } from "./wire.ts";

/** Whom the original's checkout service calls. */
export type CheckoutPeers = {
  readonly [N in "cart" | "catalog" | "currency" | "email" | "payment" | "shipping"]: Peer<N>;
};

/** What a step fails with: no code of a peer survives this service, and of some not a word. */
const or =
  (code: number, details: string, withCause = false) =>
  (error: Error) =>
    fail(code, withCause ? `${details}: ${error.message}` : details);

/** The original's checkout service: one call after the other, in this order. `warn` gets what it merely logs. */
export const createCheckout = (peers: CheckoutPeers, warn: (words: string) => void): Answers<"checkout"> => ({
  placeOrder: async ({ userId, userCurrency, address, email, creditCard }) => {
    const { cart, catalog, currency, payment, shipping } = peers;
    const convert = (from: Message<"Money"> | null) =>
      currency.convert({ from, toCode: userCurrency }).catch(or(status.INTERNAL, "failed to convert"));

    const { items } = await cart.getCart({ userId }).catch(or(status.INTERNAL, "cart failure", true));
    const lines: { item: Message<"CartItem">; cost: Message<"Money"> }[] = [];
    for (const item of items) {
      const { priceUsd } = await catalog
        .getProduct({ id: item.productId })
        .catch(or(status.INTERNAL, `failed to get product #"${item.productId}"`));
      lines.push({ item, cost: await convert(priceUsd) });
    }
    const { costUsd } = await shipping
      .getQuote({ address, items })
      .catch(or(status.INTERNAL, "shipping quote failure", true));
    const shippingCost = await convert(costUsd);
    const shipped = sum(nothing(userCurrency), shippingCost);
    const total = lines.reduce((total, { item, cost }) => sum(total, times(cost, item.quantity)), shipped);

    await payment.charge({ amount: total, creditCard }).catch(or(status.INTERNAL, "failed to charge card", true));
    const { trackingId } = await shipping
      .shipOrder({ address, items })
      .catch(or(status.UNAVAILABLE, "shipping error", true));
    await cart.emptyCart({ userId }).catch(() => {});

    const order = {
      orderId: timeUuid(),
      shippingTrackingId: trackingId,
      shippingCost,
      shippingAddress: address,
      items: lines,
    };
    await peers.email
      .sendOrderConfirmation({ email, order })
      .catch((error: Error) => warn(`failed to send order confirmation: ${error.message}`));
    return { order };
  },
});

/** A UUID of version 1: the clock and this machine, where ours is chance alone. */
function timeUuid(): string {
  const clock = (BigInt(Date.now()) * 10_000n + 0x01b21dd213814000n).toString(16).padStart(15, "0");
  const [high, middle, low] = [clock.slice(0, 3), clock.slice(3, 7), clock.slice(7)];
  return `${low}-${middle}-1${high}-9${randomBytes(2).toString("hex").slice(1)}-${randomBytes(6).toString("hex")}`;
}
