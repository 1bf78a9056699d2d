import { boot } from "@boutique/runtime/boot";
import { createShipping } from "./service.ts";
import { createSignals } from "./signals.ts";

const app = boot("shipping");

await app.start(createShipping(createSignals(app.business)));
