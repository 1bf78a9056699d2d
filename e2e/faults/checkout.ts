import { boot } from "../../libs/runtime/src/boot.ts";
import { createCheckout } from "../../services/checkout/src/service.ts";
import { createSignals } from "../../services/checkout/src/signals.ts";
import { openJournal, storeSettings } from "../../services/checkout/src/store.ts";

// The checkout service, as its own main starts it, but that it asks whoever started it between the steps of an order
// whether it may go on.
const waiting = new Map<number, () => void>();
let asked = 0;
process.on("message", (number: number) => {
  waiting.get(number)?.();
  waiting.delete(number);
});
const between = (step: string): Promise<void> =>
  new Promise((goOn) => {
    const number = asked++;
    waiting.set(number, goOn);
    process.send?.({ number, step });
  });

const app = boot("checkout", {
  settings: storeSettings,
  peers: ["cart", "catalog", "currency", "email", "payment", "shipping"],
});
const { journal, dependencies } = await openJournal(app);
const options = { journal, between };
const { handlers, recovery } = createCheckout(app.peers, app.log, createSignals(app.business), options);

await app.start(handlers, { dependencies: [recovery, ...dependencies] });
