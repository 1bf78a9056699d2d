import { boot } from "@boutique/runtime/boot";
import { createRecommendation } from "./service.ts";
import { createSignals } from "./signals.ts";

const app = boot("recommendation", { peers: ["catalog"] });

await app.start(createRecommendation(app.peers, createSignals(app.business)));
