import { boot } from "@boutique/runtime/boot";
import { readData } from "@boutique/runtime/data";
import { checkAds } from "./ads.ts";
import { createAd } from "./service.ts";
import { createSignals } from "./signals.ts";

const app = boot("ad");
const ads = readData(new URL("../data/ads.json", import.meta.url), checkAds);

await app.start(createAd(ads, createSignals(app.business)));
