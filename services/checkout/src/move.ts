import { codeOf, RpcError } from "@boutique/rpc/error";
import { type Order, withoutAddress } from "./order.ts";

/** How a step ended: with what is written down next, with nothing (no money moved, and none will), or not yet. */
export type Move =
  | { readonly next: Order }
  | { readonly nothing: RpcError }
  /** `told` is what the shopper is told who need not wait for the end. */
  | { readonly unfinished: unknown; readonly told?: RpcError };

/** An order came to nothing once money had moved, or may have; the error is what its shopper is told. */
export const failed = (order: Order, error: RpcError): Move => ({
  next: { ...withoutAddress(order), step: "failed", failure: { code: codeOf(error), details: error.details } },
});

/** Why there is nothing by a key that something was to be done by. */
export const neverDone = new RpcError("UNAVAILABLE", "it was broken off before it was done");
