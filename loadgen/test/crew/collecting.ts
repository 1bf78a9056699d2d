import { createCollector } from "../../src/crew/collector.ts";
import { createLocalCrew } from "../../src/crew/local.ts";
import { orderOf } from "./stand-in.ts";

// A process that has a crew make a load without end, and prints, as JSON, whom it began with. Its arguments: the shop,
// then "local" or the port where workers join.
const [shop = "", where] = process.argv.slice(2);
const local = where === "local" ? await createLocalCrew(2) : undefined;
const crew = local ?? (await createCollector({ host: "127.0.0.1", port: Number(where), expect: 2 }));
await crew.begin(orderOf(shop, 4, Number.POSITIVE_INFINITY), { interval: () => {}, flaw: () => {} });
console.log(JSON.stringify({ pids: local?.pids() ?? [] }));
