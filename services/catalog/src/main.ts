import { boot } from "@boutique/runtime/boot";
import { duration, text } from "@boutique/runtime/settings";
import { createCatalog } from "./service.ts";
import { createSignals } from "./signals.ts";
import { openStore } from "./store.ts";

const PRODUCTS_FILE = text("", "A file of products to sell instead of the service's own.");
const EXTRA_LATENCY = duration(0, "How long each call waits before it is answered, for demos.");
const { settings, log, business, start } = boot("catalog", { settings: { PRODUCTS_FILE, EXTRA_LATENCY } });

const signals = createSignals(business);
const store = openStore(settings.PRODUCTS_FILE || new URL("../data/products.json", import.meta.url), log, signals);
process.on("SIGUSR1", store.readAtEachUse).on("SIGUSR2", store.readWhenChanged);

await start(createCatalog(store.current, signals, settings.EXTRA_LATENCY));
