import { boot } from "@boutique/runtime/boot";
import { readData } from "@boutique/runtime/data";
import { text } from "@boutique/runtime/settings";
import { checkRates } from "./rates.ts";
import { createCurrency } from "./service.ts";
import { createSignals } from "./signals.ts";

const ownRates = new URL("../data/rates.json", import.meta.url);
const { settings, log, business, start } = boot("currency", {
  settings: { RATES_FILE: text("", "A file of exchange rates to use instead of the service's own.") },
});
const rates = readData(settings.RATES_FILE || ownRates, checkRates);
log.info({ date: rates.date, currencies: rates.byCode.size }, "exchange rates read");

await start(createCurrency(rates, createSignals(business)));
