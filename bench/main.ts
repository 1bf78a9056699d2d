import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { readOptions } from "./options.ts";
import { calibrate } from "./suite/calibrate.ts";
import { type Candidate, candidates, lastRelease } from "./suite/candidates.ts";
import { measurePages } from "./suite/pages.ts";
import { ceilingOf, findCeiling, measureRate } from "./suite/rates.ts";
import { startMeasured } from "./suite/shop.ts";
import type { Measurement, Suite } from "./suite/suite.ts";
import { tablesOf } from "./suite/tables.ts";

const help = `npm run bench: what the shop costs on this machine, measured side by side.

  --against REF     a git ref to compare with, such as v0.1.0 or a commit (default: the last tag, if there is one);
                    give it again for more
  --runs N          so many runs of each, in turn (default: 5)
  --pages N         so many requests of each page (default: 400)
  --rates A,B       requests a second of the mix (default: 100,200), each for --seconds
  --seconds N       (default: 15)
  --no-colocated    not the shop in one process as well
  --no-ceiling      not the most requests a second
  --port PORT       where (default: 19200)
  --json FILE       write all figures there too
  --help            this

Each run starts a shop as "npm start" does, without Redis, and buys in it; then asks for one page at a time; then sends
the mix of the original's load at fixed rates, latencies counted from when a request was due; then looks for the most
requests a second. CPU is all processes' of the shop, from the operating system. Linux alone can say it. On two cores a run
of one shop takes two minutes.`;

const values = readOptions(
  help,
  {
    against: { type: "string", multiple: true },
    runs: { type: "string", default: "5" },
    pages: { type: "string", default: "400" },
    rates: { type: "string", default: "100,200" },
    seconds: { type: "string", default: "15" },
    "no-colocated": { type: "boolean", default: false },
    "no-ceiling": { type: "boolean", default: false },
    port: { type: "string", default: "19200" },
    json: { type: "string" },
  },
  ["runs", "pages", "seconds", "port"],
);
const [runs, pages, seconds, port] = [values.runs, values.pages, values.seconds, values.port].map(Number) as [
  number,
  number,
  number,
  number,
];
const rates = values.rates.split(",").map(Number);
if (!(Math.min(...rates) > 0)) {
  console.error(`--rates ${values.rates} is no list of numbers above 0. All options: npm run bench -- --help`);
  process.exit(2);
}

const SETTLE_MS = 3_000;
const WARM_REQUESTS_PER_S = 100;
const WARM_S = Math.min(10, seconds);

async function measure(candidate: Candidate): Promise<Measurement> {
  const shop = await startMeasured(candidate, port);
  try {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const [idleRss, idlePss] = shop.memory();
    // A compiler that has not seen a page yet is not what a shop costs.
    await measureRate(shop, WARM_REQUESTS_PER_S, WARM_S);
    const pageFigures = await measurePages(shop, pages);
    const rateFigures = [];
    for (const rate of rates) rateFigures.push(await measureRate(shop, rate, seconds));
    const ceiling = values["no-ceiling"] ? [] : await findCeiling(shop);
    const [loadedRss, loadedPss] = shop.memory();
    return {
      start: { firstPage: shop.firstPage, firstOrder: shop.firstOrder },
      memory: { idleRss, idlePss, loadedRss, loadedPss },
      pages: pageFigures,
      rates: rateFigures,
      ceiling: { most: ceilingOf(ceiling), tried: ceiling },
    };
  } finally {
    await shop.stop();
  }
}

const calibration = [calibrate()];
const refs = values.against ?? [lastRelease()].filter((tag) => tag !== undefined);
const all = candidates(refs, !values["no-colocated"]);
const measured = new Map(all.map(({ name }): [string, Measurement[]] => [name, []]));
for (const { folder, options, name } of all) {
  // The first start of a tree fills its compile cache.
  await (await startMeasured({ folder, options, name }, port)).stop();
}
for (let run = 0; run < runs; run++) {
  for (const candidate of all) {
    console.error(`run ${run + 1} of ${runs}: ${candidate.name}`);
    measured.get(candidate.name)?.push(await measure(candidate));
  }
}
calibration.push(calibrate());
const suite: Suite = {
  measuredAt: new Date().toISOString(),
  machine: {
    cpu: cpus()[0]?.model.trim() ?? process.arch,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    calibration,
  },
  command: ["npm run bench --", ...process.argv.slice(2)].join(" "),
  runs,
  shops: Object.fromEntries(measured),
};
if (values.json) writeFileSync(values.json, `${JSON.stringify(suite)}\n`);
console.log(tablesOf(suite));
process.exit(0);
