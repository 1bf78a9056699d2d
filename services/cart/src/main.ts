import { boot } from "@boutique/runtime/boot";
import { createCart } from "./service.ts";
import { openStore, storeSettings } from "./store.ts";

const app = boot("cart", { settings: storeSettings });
const { store, dependencies } = openStore(app.settings, app.log);

await app.start(createCart(store), { dependencies });
