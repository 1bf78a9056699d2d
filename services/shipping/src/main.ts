import { boot } from "@boutique/runtime/boot";
import { createShipping } from "./service.ts";
import { createSignals } from "./signals.ts";
import { openStore, storeSettings } from "./store.ts";

const app = boot("shipping", { settings: storeSettings });
const { parcels, dependencies } = await openStore(app);

await app.start(createShipping(createSignals(app.business), parcels), { dependencies });
