import { committed } from "@boutique/rpc/context";
import { codeOf } from "@boutique/rpc/error";
import type { Journal } from "./journal.ts";
import { createLetters } from "./letter.ts";
import { idOf, type Order, withoutAddress } from "./order.ts";
import { atMost } from "./patience.ts";
import type { CheckoutPeers } from "./service.ts";
import type { Surroundings } from "./settlement.ts";

/** How long the answer to an order waits for it, in milliseconds: who looks at the cart next sees it empty. */
const PATIENCE_MS = 150;

/** How soon others try what failed here, in milliseconds. */
const AGAIN_MS = 500;

/**
 * What comes once an order is certain, and cannot fail it: what was ordered is taken out of the cart, and the letter goes
 * out, once at most.
 */
export function createTidying(
  peers: CheckoutPeers,
  journal: Journal,
  { signals, between }: Pick<Surroundings, "signals" | "between">,
) {
  /** By the order's key, so that what was put into the cart since stays there, however late this is or often; or why not. */
  const empty = async (order: Order): Promise<unknown> => {
    if (order.emptied) return undefined;
    const { userId, order: placed } = order.bill;
    const items = placed.items.map(({ item }) => item);
    try {
      await peers.cart.emptyCart({ userId, items, idempotencyKey: idOf(order) });
      await between("emptied", idOf(order));
      return undefined;
    } catch (error) {
      if (order.tries === 0) signals.cartNotEmptied(order.bill, codeOf(error));
      return error;
    }
  };

  const send = createLetters(peers, journal, { signals, between });

  const tidy = async (order: Order, holder: string, emptying = empty(order)) => {
    const [reason, mail] = await Promise.all([emptying, send(order, holder)]);
    const tried: Order = { ...order, emptied: reason === undefined, mail };
    const left = mail === "done" ? withoutAddress(tried) : tried;
    if (isTidy(left)) await journal.close(left, holder);
    return { left, reason };
  };

  const going = new Set<Promise<unknown>>();
  return {
    /** Tidies up after an order; returns what is left of it, and why its cart could not be emptied. */
    now: tidy,

    /** The same for one that was just confirmed, whose shopper waits a moment at most, and for the cart alone. */
    soon: (order: Order, holder: string): Promise<void> =>
      committed(() => {
        const emptying = empty(order);
        const work = tidy(order, holder, emptying)
          .then(({ left }) => isTidy(left) || journal.write(left, holder, AGAIN_MS))
          .catch(() => {})
          .finally(() => going.delete(work));
        going.add(work);
        return atMost(PATIENCE_MS, emptying);
      }),

    /** Resolves once nothing is under way. */
    rest: () => Promise.all(going),
  };
}

/** Whether nothing is left to be done. */
export const isTidy = ({ emptied, mail }: Order): boolean => emptied && mail === "done";
