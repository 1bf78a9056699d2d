import { once } from "node:events";
import { boot } from "../src/boot.ts";

const app = boot("shipping");

await app.start({
  getQuote: async () => {
    process.send?.("begun");
    await once(process, "message");
    return { costUsd: { currencyCode: "USD", units: "8" } };
  },
  shipOrder: () => ({ trackingId: "AB-1-2" }),
  resolveShipment: () => ({}),
});
