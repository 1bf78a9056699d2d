import { boot } from "@boutique/runtime/boot";
import { settings } from "./settings.ts";
import { createSignals } from "./signals.ts";
import { createStorefront } from "./storefront.ts";

const app = boot("frontend", {
  settings,
  peers: ["ad", "cart", "catalog", "checkout", "currency", "recommendation", "shipping"],
});

const storefront = createStorefront(app.peers, app.settings, createSignals(app.business), app);

await app.start(null, { http: storefront });
