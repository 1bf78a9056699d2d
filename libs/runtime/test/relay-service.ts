import { setTimeout } from "node:timers/promises";
import { RpcError } from "@boutique/rpc/error";
import { MINUTE } from "@boutique/telemetry/business";
import { word } from "@boutique/telemetry/fields";
import { boot } from "../src/boot.ts";

// A checkout that orders nothing: what it does stands in place of the shopper's id.
const app = boot("checkout", { peers: ["checkout", "cart"] });
const { peers, business, log } = app;

const orders = business.tally("test_orders_total", "Orders that were asked for.");
business.report("test_orders", "What was asked for.", { every: MINUTE }, { orders: orders.inAll() });
const asked = business.event("test_asked", "Something was asked for.", { wish: word("What.") });

const wishes: Record<string, (userId: string) => unknown> = {
  "look into the cart": (userId) => peers.cart.getCart({ userId }),
  "empty the cart": (userId) => peers.cart.emptyCart({ userId }),
  "ask the next": () => peers.checkout.placeOrder({ userId: "look into the cart" }),
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
    asked({ wish: userId });
    log.info({ wish: userId }, "asked");
    await wishes[userId]?.(userId);
    return {};
  },
  getOrder: () => ({}),
  listOrders: () => ({}),
});
