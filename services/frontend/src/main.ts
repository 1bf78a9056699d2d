import { boot } from "@boutique/runtime/boot";
import { settings } from "./settings.ts";
import { createStorefront } from "./storefront.ts";

const app = boot("frontend", {
  settings,
  peers: ["ad", "cart", "catalog", "checkout", "currency", "recommendation", "shipping"],
});

await app.start(null, { http: createStorefront(app.peers, app.settings, app.log) });
