import { codeName, neverSent, type RpcError } from "@boutique/rpc/error";
import type { Log } from "@boutique/telemetry/log";
import { type Problem, problem } from "./page.ts";

/**
 * What a shopper is told of an order that failed and that nothing in the form can mend: above all, whether money moved.
 * The checkout service begins its words with "order <id>" once it may have, with "nothing was charged" while it cannot.
 */
export function notOrdered(error: RpcError, log: Log): Problem {
  const [, orderId, outcome] = /^order ([\w-]+) (.*)$/s.exec(error.details) ?? [];
  log.error({ order_id: orderId, code: codeName(error.code), reason: error.details }, "order not placed");
  if (orderId) {
    const heading = "Your order could not be completed";
    return problem(503, heading, `It has the number ${orderId}. ${said(outcome)} Your cart is as it was.`);
  }
  if (neverSent(error) || error.details.startsWith("nothing was charged")) {
    const text =
      "A part of the shop does not answer. Nothing was charged, and your cart is as it was: please try again.";
    return problem(503, "Your order was not placed", text);
  }
  const text =
    "Your card may have been charged. Please look at your cart: if it is empty, the order was placed. If it is not, " +
    "please write to us before you try again.";
  return problem(503, "We do not know yet whether your order was placed", text);
}

const said = (outcome = "") => {
  const shipped = outcome.startsWith("could not")
    ? "It could not be shipped."
    : "We do not know whether it was shipped.";
  if (outcome.endsWith("was given back")) return `${shipped} What was charged was given back to your card.`;
  if (outcome.endsWith("not be given back yet")) {
    return `${shipped} Your card was charged, and we could not give the money back yet: please write to us.`;
  }
  return "Your card may have been charged: please write to us before you try again.";
};
