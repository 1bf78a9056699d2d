import { codeOf, failedWith } from "@boutique/rpc/error";
import { isUnsent } from "./failure.ts";
import { idOf, type Order } from "./order.ts";
import type { CheckoutPeers } from "./service.ts";
import type { Surroundings } from "./settlement.ts";

/** Sends the confirmation of an order; returns whether that is done, or still due since it certainly was not sent. */
export const createLetters =
  ({ email }: CheckoutPeers, { signals, between }: Pick<Surroundings, "signals" | "between">) =>
  async (order: Order): Promise<"due" | "done"> => {
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
