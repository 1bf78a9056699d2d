import { boot } from "@boutique/runtime/boot";
import { createCart } from "./service.ts";
import { createSignals } from "./signals.ts";
import { openStore, storeSettings } from "./store.ts";

const app = boot("cart", { settings: storeSettings });
const { store, dependencies } = await openStore(app);

await app.start(createCart(store, createSignals(app.business, store.count)), { dependencies });
