import { codeName, failedWith, neverSent, type RpcError, saidByPeer } from "@boutique/rpc/error";
import type { Log } from "@boutique/telemetry/log";
import { type Problem, passing, problem, type Shown, type Visit } from "./page.ts";
import { dropKey, keepKey } from "./terms.ts";

export const toCart = { label: "Back to your cart", href: "/cart" };
export const toOrders = { label: "See your orders", href: "/orders" };

/**
 * What a shopper is told of an order that failed and that nothing in the form can mend: above all, whether money moved.
 * While no end is known the key is kept, so that whoever tries again asks for the same order.
 */
export function notOrdered(error: RpcError, visit: Visit, key: string, log: Log): Problem {
  const { orderId, outcome } = numbered(error);
  log.error({ order_id: orderId || undefined, code: codeName(error.code), reason: error.details }, "order not placed");
  if (/given back( yet)?$/.test(outcome)) return { ...aboutOrder(orderId, outcome), cookies: dropKey(visit, key) };
  return { ...(orderId ? aboutOrder(orderId, outcome) : withoutNumber(error)), cookies: keepKey(key) };
}

/** What is told, whenever it is looked at, of an order that has a number; undefined where a failure names none. */
export function toldOf(error: RpcError): Shown | undefined {
  const { orderId, outcome } = numbered(error);
  if (!orderId) return undefined;
  const heading = "Your order could not be completed";
  const text = `It has the number ${orderId}. ${said(outcome)}`;
  return isUnsettled(outcome)
    ? aboutOrder(orderId, outcome)
    : { view: "error", title: heading, data: { heading, text, ways: [toOrders] } };
}

const isUnsettled = (outcome: string) => outcome.startsWith("is not settled");

/** The checkout service begins its words with "order <id>" once money may have moved. */
function numbered({ details }: RpcError) {
  const [, orderId = "", outcome = ""] = /^order ([\w-]+) (.*)$/s.exec(details) ?? [];
  return { orderId, outcome };
}

function aboutOrder(orderId: string, outcome: string): Problem {
  if (isUnsettled(outcome)) {
    const text =
      `It has the number ${orderId}, and is being finished or undone without you. ` +
      "Nothing is charged twice, whatever you do: look again in a moment.";
    return passing("Your order is not settled yet", text, [{ label: "See your order", href: `/order/${orderId}` }]);
  }
  const text = `It has the number ${orderId}. ${said(outcome)} Your cart is as it was.`;
  return problem(503, "Your order could not be completed", text, [toCart]);
}

/** It begins them with "nothing was charged" while none can have; who was not heard may have been heard before. */
function withoutNumber(error: RpcError): Problem {
  const { details } = error;
  const unheard = neverSent(error) || failedWith(error, "RESOURCE_EXHAUSTED");
  if (unheard || details.startsWith("nothing was charged")) {
    const text =
      unheard || details.startsWith("nothing was charged just now")
        ? "A part of the shop does not answer. Nothing was charged just now. If you had sent this order before, it stands: " +
          "trying again asks for the same one, which is charged once at most."
        : "A part of the shop does not answer. Nothing was charged, and your cart is as it was: please try again.";
    return passing("Your order was not placed", text, [toCart]);
  }
  const heading = "We do not know yet whether your order was placed";
  if (saidByPeer(error)) {
    // In words that ours does not use: one of another make may charge again whoever asks again.
    const text =
      "Your card may have been charged. Please look at your cart: if it is empty, the order was placed. If it is not, " +
      "please write to us before you try again.";
    return problem(503, heading, text, [toCart]);
  }
  const text =
    "Your card may have been charged. Please look at your orders: if it is there, all is well. If it is not, place it " +
    "again from your cart: it is still the same order, which is charged once at most.";
  return passing(heading, text, [toOrders, toCart]);
}

const said = (outcome: string) => {
  const shipped = outcome.startsWith("could not")
    ? "It could not be shipped."
    : "We do not know whether it was shipped.";
  if (outcome.endsWith("was given back")) return `${shipped} What was charged was given back to your card.`;
  if (outcome.endsWith("not be given back yet")) {
    return `${shipped} Your card was charged, and we could not give the money back yet: please write to us.`;
  }
  return "Your card may have been charged: please write to us before you try again.";
};
