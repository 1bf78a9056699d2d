import { boot } from "@boutique/runtime/boot";
import { createPayment } from "./service.ts";
import { createSignals } from "./signals.ts";
import { openStore, storeSettings } from "./store.ts";

const app = boot("payment", { settings: storeSettings });
const { store, dependencies } = await openStore(app);

await app.start(createPayment(createSignals(app.business), store), { dependencies });
