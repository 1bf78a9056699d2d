import { readFileSync, writeFileSync } from "node:fs";
import { configuration } from "./docs/configuration.ts";
import { events } from "./docs/events.ts";
import { metrics } from "./docs/metrics.ts";
import { performance } from "./docs/performance.ts";
import { declaredSignals } from "./docs/signals.ts";

// `npm run docs` writes the pages that services have the words for, and the one of what was measured; with --check it only
// says whether they are what would be written.
const signals = declaredSignals();
const pages = {
  configuration: configuration(),
  metrics: metrics(signals),
  events: events(signals),
  performance: performance(),
};

let fresh = true;
for (const [name, text] of Object.entries(pages)) {
  const file = new URL(`../docs/${name}.md`, import.meta.url);
  if (!process.argv.includes("--check")) writeFileSync(file, text);
  else if (readFileSync(file, "utf8") !== text) {
    console.error(`docs/${name}.md is not what the services say, or bench/measured has: npm run docs`);
    fresh = false;
  }
}
process.exit(fresh ? 0 : 1);
