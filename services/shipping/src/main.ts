import { boot } from "@boutique/runtime/boot";
import { createShipping } from "./service.ts";

const app = boot("shipping");

await app.start(createShipping());
