import type { Order } from "./order.ts";

/**
 * How long an order belongs to who wrote to it last, in milliseconds: longer than the calls of a step take by their
 * deadlines, short enough for an order to be finished within 10 s of a crash.
 */
export const LEASE_MS = 7_000;

/** How long orders are kept, in milliseconds: 7 days. */
export const LIFETIME_MS = 7 * 24 * 3_600_000;

/** How many settled orders are kept; the oldest are forgotten first. */
export const MOST_ORDERS = 10_000;

/** For so long a settled order is kept however many there are, in milliseconds: its shopper may still look at it. */
export const SURELY_MS = 1_800_000;

/** How many orders of one shopper are listed at most. */
export const MOST_LISTED = 50;

/**
 * Where orders are written down. An order has at most one holder, by lease: whoever writes to one that somebody else
 * took up meanwhile is told so. A journal that is away is UNAVAILABLE.
 */
export interface Journal {
  /** The order as it was last written; undefined for one that was never begun, or came to nothing. */
  find(orderId: string): Promise<Order | undefined>;
  /** The confirmed orders of a shopper, newest first. */
  list(userId: string): Promise<Order[]>;
  /** Writes an order that nobody has, or that this holder has, and holds it for so long; false if another has it. */
  write(order: Order, holder: string, lease?: number): Promise<boolean>;
  /** The same for the last time: nothing is left to be done. */
  close(order: Order, holder: string): Promise<boolean>;
  /** Forgets an order of which nothing came, so that it can be begun anew; false if another has it. */
  forget(order: Order, holder: string): Promise<boolean>;
  /** Gives an order up that needs somebody to look at it: it is kept, and taken up by nobody. */
  park(order: Order, holder: string): Promise<boolean>;
  /** Takes up orders whose holder let the lease run out, at most so many; each counts how often that was. */
  takeUp(holder: string, most: number): Promise<Order[]>;
}
