import { boot } from "@boutique/runtime/boot";
import { createPayment } from "./service.ts";
import { createSignals } from "./signals.ts";

const app = boot("payment");

await app.start(createPayment(createSignals(app.business)));
