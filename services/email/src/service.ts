import type { Handlers } from "@boutique/contract/topology";
import { RpcError } from "@boutique/rpc/error";
import type { Log } from "@boutique/telemetry/log";
import { domainOf } from "./address.ts";
import { writeConfirmation } from "./letter.ts";
import type { Transport } from "./transport.ts";

/** Writes to shoppers. Of whom it writes to, only the domain is ever logged. */
export const createEmail = (transport: Transport, log: Pick<Log, "info">): Handlers<"email"> => ({
  sendOrderConfirmation: async ({ email, order }, call) => {
    const domain = domainOf(email);
    if (!order) throw new RpcError("INVALID_ARGUMENT", "order is missing");
    await transport.send({ to: email, ...writeConfirmation(order) }, call);
    log.info({ event: "email_sent", domain, order_id: order.orderId }, "order confirmation sent");
    return {};
  },
});
