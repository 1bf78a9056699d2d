import { codeOf, failedWith } from "@boutique/rpc/error";
import { isUnsent } from "./failure.ts";
import { type Journal, LEASE_MS } from "./journal.ts";
import { idOf, type Order } from "./order.ts";
import { patiently } from "./patience.ts";
import type { CheckoutPeers } from "./service.ts";
import type { Surroundings } from "./settlement.ts";

/**
 * Sends the confirmation of an order, once at most: that it is begun is written down before, and who finds it like that
 * sends none. Returns whether that is done, or still due since it certainly was not sent.
 */
export function createLetters(
  { email }: CheckoutPeers,
  journal: Journal,
  { signals, between }: Pick<Surroundings, "signals" | "between">,
) {
  const send = async (order: Order): Promise<"due" | "done"> => {
    const { email: to, order: placed } = order.bill;
    try {
      const result = { ...placed, shippingTrackingId: order.trackingId ?? "" };
      await email.sendOrderConfirmation({ email: to, order: result });
      await between("mailed", idOf(order));
      return "done";
    } catch (error) {
      if (order.tries === 0) signals.notConfirmed(order.bill, codeOf(error));
      // A second letter would be worse than none.
      return isUnsent(error) || (failedWith(error, "UNAVAILABLE") && error.details.startsWith("nothing was sent"))
        ? "due"
        : "done";
    }
  };

  return async (order: Order, holder: string): Promise<"due" | "done"> => {
    // Begun by somebody who did not come to say how it ended: perhaps it was sent.
    if (order.mail !== "due") return "done";
    const isBegun = await patiently(() => journal.write({ ...order, mail: "begun" }, holder), LEASE_MS);
    if (isBegun !== true) return "due";
    await between("mailing", idOf(order));
    return send(order);
  };
}
