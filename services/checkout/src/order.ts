import type { Message } from "@boutique/contract/proto";
import { type Code, RpcError } from "@boutique/rpc/error";
import type { Bill } from "./bill.ts";

/**
 * An order as the journal keeps it: what was asked, and how far it came. A step is written down before it is taken;
 * what came of it, with the next one. Of the card there is nothing: whoever finishes an order asks payment by the key.
 */
export interface Order {
  readonly bill: Omit<Bill, "creditCard">;
  /** Milliseconds since 1970. */
  readonly placedAt: number;
  /** What is being done, or what it came to: a confirmed order is charged and shipped, a failed one neither. */
  readonly step: "charging" | "shipping" | "refunding" | "confirmed" | "failed";
  /** By which payment and shipping know this attempt; another one has another. */
  readonly chargeKey: string;
  readonly parcelKey?: string;
  /** How many parcels were asked for. */
  readonly parcels: number;
  readonly transactionId?: string;
  readonly trackingId?: string;
  /** What its shopper is told who asks again. */
  readonly failure?: { readonly code: Code; readonly details: string };
  /** Of a confirmed order: whether the cart was emptied, and how far the letter came. */
  readonly emptied: boolean;
  readonly mail: "due" | "begun" | "done";
  /** How often it was taken up by somebody else than who began it. */
  readonly tries: number;
  /** How many of those tries ended since a peer was away, which says nothing against the order. */
  readonly excused?: number;
}

/** An order that was priced, on its way to its charge. */
export const opened = ({ creditCard: _, ...bill }: Bill, placedAt: number, chargeKey: string): Order => ({
  bill,
  placedAt,
  step: "charging",
  chargeKey,
  parcels: 0,
  emptied: false,
  mail: "due",
  tries: 0,
});

/** The same without the address of the letter, which is kept for nothing else. */
export const withoutAddress = (order: Order): Order => ({ ...order, bill: { ...order.bill, email: "" } });

export const idOf = ({ bill }: Order): string => bill.order.orderId;

/** What a shopper is told of an order; undefined while that is not certain. Throws what is told of one that failed. */
export function answerOf({ bill, step, trackingId = "", placedAt, failure }: Order) {
  if (step === "failed" && failure) throw new RpcError(failure.code, failure.details);
  if (step !== "confirmed") return undefined;
  const order: Message<"OrderResult"> = { ...bill.order, shippingTrackingId: trackingId };
  return { order, placedAtMs: String(placedAt) };
}

/** Nobody knows yet what becomes of an order; the journal will. Asking again tells. */
export const notSettled = (orderId: string, cause?: unknown): RpcError =>
  new RpcError("UNAVAILABLE", `order ${orderId} is not settled yet`, { cause });
