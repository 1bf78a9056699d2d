import { setTimeout } from "node:timers/promises";
import { RpcError } from "@boutique/rpc/error";
import { MINUTE } from "@boutique/telemetry/business";
import { boot } from "../src/boot.ts";

// A checkout that orders nothing: it does what the user id says, and what another checkout, a cart or a payment make of it.
const app = boot("checkout", { peers: ["checkout", "cart", "payment"] });
const { peers, business, log } = app;

const orders = business.tally("test_orders_total", "Orders that were asked for.");
business.report("test_orders", "What was asked for.", { every: MINUTE }, { orders: orders.inAll() });

const wishes: Record<string, (userId: string) => unknown> = {
  "look into the cart": (userId) => peers.cart.getCart({ userId }),
  "empty the cart": (userId) => peers.cart.emptyCart({ userId }),
  "pass on": () => peers.checkout.placeOrder({ userId: "look into the cart" }),
  charge: () => peers.payment.charge({}),
  refuse: () => {
    throw new RpcError("INVALID_ARGUMENT", "address.zip_code is missing");
  },
  "throw what is not ours": () => {
    throw new TypeError("the password is 1234");
  },
  crash: () => {
    process.nextTick(() => {
      throw new Error("nobody catches this");
    });
    return setTimeout(10_000);
  },
};

await app.start({
  placeOrder: async ({ userId }) => {
    orders.add();
    business.note({ "app.wish": userId });
    log.info({ wish: userId }, "asked");
    await wishes[userId]?.(userId);
    return {};
  },
});
