import { boot } from "@boutique/runtime/boot";
import { createPayment } from "./service.ts";

const app = boot("payment");

await app.start(createPayment({ log: app.log }));
