import { boot } from "@boutique/runtime/boot";
import { createCheckout } from "./service.ts";

const { peers, log, start } = boot("checkout", {
  peers: ["cart", "catalog", "currency", "email", "payment", "shipping"],
});

await start(createCheckout(peers, log));
