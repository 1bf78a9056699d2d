import { codeOf, failedWith, neverSent, RpcError, saidByPeer } from "@boutique/rpc/error";

// What these words begin with is a promise to storefronts: "nothing was charged" where that is certain, "order <id>" once
// money may have moved, "credit_card" where the card is to blame. Only what a shopper chose comes back as refused.

const refused = (error: unknown) => failedWith(error, "INVALID_ARGUMENT", "FAILED_PRECONDITION");

/** A peer failed while the order was being priced. What it refuses is no fault of the shopper's, whatever its words. */
export function beforeTheCharge(error: unknown): never {
  const code = refused(error) ? "UNAVAILABLE" : codeOf(error);
  throw new RpcError(code, "nothing was charged: a part of the shop does not answer", { cause: error });
}

/** The same while it was looked up whether the order was placed before: of that nothing is known. */
export function whileLookingUp(error: unknown): never {
  throw new RpcError("UNAVAILABLE", "nothing was charged just now: orders cannot be looked up", { cause: error });
}

/** The same while amounts were being converted, where a currency that is not known is the shopper's choice. */
export function whileConverting(error: unknown): never {
  if (
    failedWith(error, "INVALID_ARGUMENT") ||
    (failedWith(error, "ABORTED") && /^expected_total/.test(error.details))
  ) {
    throw error;
  }
  return beforeTheCharge(error);
}

/** Whether it is worth asking again: the peer is away, slow or in trouble, and has not said no. */
export const mayPass = (error: unknown): boolean =>
  failedWith(
    error,
    "UNAVAILABLE",
    "DEADLINE_EXCEEDED",
    "CANCELLED",
    "UNKNOWN",
    "INTERNAL",
    "RESOURCE_EXHAUSTED",
    "ABORTED",
  );

/** Whether it was the peer that was away, late or had too much to do, whatever it was asked: an outage, which will end. */
export const isAway = (error: unknown): boolean =>
  failedWith(error, "UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED", "RESOURCE_EXHAUSTED");

/** What became of a call that failed: it was refused, nothing was tried, or nobody knows. */
export type Fate = "refused" | "untried" | "unknown";

/** Reads it from the error; a key that was given up is one that nothing was tried by. */
export function fateOf(error: unknown): Fate {
  if (refused(error)) return "refused";
  const givenUp = failedWith(error, "ABORTED") && error.details.startsWith("idempotency_key");
  return isUnsent(error) || givenUp || failedWith(error, "UNIMPLEMENTED") ? "untried" : "unknown";
}

/** Whether a call did not leave this process; a peer may say the same of a call of its own. */
export const isUnsent = (error: unknown): boolean => neverSent(error) && !saidByPeer(error as RpcError);

/** The charge failed, in words for who asked for it. */
export function ofTheCharge(orderId: string, fate: Fate, error: unknown): RpcError {
  if (fate === "refused") return aboutTheCard(error as RpcError);
  if (fate === "unknown") return afterTheCharge(orderId, "may have been charged", error);
  return new RpcError(unanswered(error), "nothing was charged: cards cannot be charged now", { cause: error });
}

/** A key given up is our own affair: to the shopper a part of the shop did not answer. */
const unanswered = (error: unknown) => (failedWith(error, "ABORTED") ? "UNAVAILABLE" : codeOf(error));

/** Something failed once money may have moved. */
export const afterTheCharge = (orderId: string, outcome: string, error: unknown): RpcError =>
  new RpcError(codeOf(error), `order ${orderId} ${outcome}`, { cause: error });

/** A refusal of the card, told as one whatever make of payment service it comes from. */
function aboutTheCard(error: RpcError): RpcError {
  const words = /^(credit_card|amount)/.test(error.details) ? error.details : `credit_card: ${error.details}`;
  return new RpcError(codeOf(error), words);
}
