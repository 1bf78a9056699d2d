import type { Handlers } from "@boutique/contract/topology";
import { codeOf, failedWith, RpcError } from "@boutique/rpc/error";
import { domainOf } from "./address.ts";
import { writeConfirmation } from "./letter.ts";
import type { Signals } from "./signals.ts";
import type { Transport } from "./transport.ts";

/** Writes to shoppers. Of whom it writes to, only the domain is ever told. */
export const createEmail = (transport: Transport, signals: Signals): Handlers<"email"> => ({
  sendOrderConfirmation: async ({ email, order }, call) => {
    const orderId = order?.orderId ?? "";
    const domain = await orSay(
      () => domainOf(email),
      () => signals.notSent(orderId, undefined, "email"),
    );
    const letter = await orSay(
      () => {
        if (!order) throw new RpcError("INVALID_ARGUMENT", "order is missing");
        return writeConfirmation(order);
      },
      (error) => signals.notWritten(orderId, domain, fieldIn(error) ?? codeOf(error)),
    );
    await orSay(
      () => transport.send({ to: email, ...letter }, call),
      (error) => signals.notSent(orderId, domain, codeOf(error)),
    );
    signals.sent(orderId, domain);
    return {};
  },
});

/** What came of some work, or word of its failure. */
async function orSay<T>(work: () => T | Promise<T>, say: (error: unknown) => void): Promise<T> {
  try {
    return await work();
  } catch (error) {
    say(error);
    throw error;
  }
}

/** The field of an order that an error is about: not its words, which may quote a stranger. */
const fieldIn = (error: unknown) =>
  failedWith(error, "INVALID_ARGUMENT") ? /^order\b(?:\.[a-z_]+|\[\d+\])*/.exec(error.details)?.[0] : undefined;
