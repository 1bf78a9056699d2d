import { boot } from "@boutique/runtime/boot";
import { createCheckout } from "./service.ts";
import { createSignals } from "./signals.ts";
import { openJournal, storeSettings } from "./store.ts";

const app = boot("checkout", {
  settings: storeSettings,
  peers: ["cart", "catalog", "currency", "email", "payment", "shipping"],
});
const { journal, dependencies } = await openJournal(app);
const { handlers, recovery } = createCheckout(app.peers, app.log, createSignals(app.business), { journal });

await app.start(handlers, { dependencies: [recovery, ...dependencies] });
