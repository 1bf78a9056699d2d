import type { Order } from "./order.ts";

const steps = ["charging", "shipping", "refunding", "confirmed", "failed"];

/** An order from its text; undefined for none, and for one that cannot be read. */
export function readOrder(text: string | null): Order | undefined {
  try {
    const order = JSON.parse(text ?? "null") as Order | null;
    return order && order.bill.order.orderId !== "" && steps.includes(order.step) ? order : undefined;
  } catch {
    return undefined;
  }
}
