import { boot } from "@boutique/runtime/boot";
import { createCheckout } from "./service.ts";
import { createSignals } from "./signals.ts";

const { peers, log, business, start } = boot("checkout", {
  peers: ["cart", "catalog", "currency", "email", "payment", "shipping"],
});

await start(createCheckout(peers, log, createSignals(business)));
