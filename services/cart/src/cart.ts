import type { Message } from "@boutique/contract/proto";

/** A line of a cart: so many of one product. */
export type Line = Message<"CartItem">;

/** The most that a line and a cart may hold. */
export const limits = { quantity: 9_999, lines: 500 } as const;

/** How long a cart is kept after its last change, in milliseconds: 7 days. */
export const lifetime = 7 * 24 * 3_600_000;

/** What came of adding to a cart: one that is over a limit stays as it was. */
export type Outcome = "added" | "line full" | "cart full";

/** Where carts are kept. Each method is atomic, whoever else uses the store; a store that is away is UNAVAILABLE. */
export interface CartStore {
  /** The lines, in the order they were begun; none for a shopper never seen. */
  get(userId: string): Promise<Line[]>;
  /** Adds to the quantity of a line, or begins the line. */
  add(userId: string, productId: string, quantity: number): Promise<Outcome>;
  empty(userId: string): Promise<void>;
  /**
   * Takes out so many of these lines, or everything where none is named, once by a key; false when that was done before.
   * No line is ever below zero, and one that comes to zero is gone.
   */
  takeOut(userId: string, lines: readonly Line[], key: string): Promise<boolean>;
  /** How many carts have something in them, perhaps as of some seconds ago. */
  count(): Promise<number>;
}
