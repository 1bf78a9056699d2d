import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Endured } from "./endure.ts";
import { bounds, SLACK_MS } from "./promises.ts";
import { deeds } from "./tour.ts";

/** What the last run of the rows saw. */
export const resultsFile = new URL("../results/fault-rows.json", import.meta.url);
/** The page that says it. */
export const pageFile = new URL("../../docs/faults.md", import.meta.url);

const seconds = (milliseconds: number) => `${milliseconds / 1_000} s`;

/** The promise that the waits of a row kept, at first and then: which no figure of one run is. */
function waitsOf({ optional, slower }: Endured): string {
  const kept = (wait: number) => seconds(wait <= bounds.needed + SLACK_MS ? bounds.needed : bounds.page);
  const [first, then] = optional ? [seconds(bounds.optional), "no"] : slower.map(kept);
  return first === then ? `${first}` : `${first}, then ${then}`;
}

/** A row without the name of its fault: what is the same for several is written once. */
function cellsOf(endured: Endured): readonly string[] {
  const { seen, dollars, again } = endured;
  const words = deeds.map((deed) => seen[deed].join(", then "));
  const order = words.at(-1) as string;
  const orders = order === dollars ? order : `${order}; in dollars ${dollars}`;
  return [...words.slice(0, -1), orders, waitsOf(endured), again].map((cell) => cell.replaceAll("as ever", "✓"));
}

function tableOf(rows: readonly Endured[]): string {
  const lines = [...Map.groupBy(rows, ({ part }) => part)].flatMap(([part, own]) =>
    [...Map.groupBy(own, (row) => cellsOf(row).join(" | "))].map(
      ([cells, same]) =>
        `| ${part === "redis" ? "Redis" : part} | ${same.map(({ fault }) => fault).join(", ")} | ${cells} |`,
    ),
  );
  return [
    "| part | is | home | product | search | cart | add to cart | order | wait, at most | the form again |",
    "|---|---|---|---|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}

/** docs/faults.md, from what was seen. */
export function faultsPage(rows: readonly Endured[]): string {
  const of = (wanted: (row: Endured) => boolean) => tableOf(rows.filter(wanted));
  return `# What a fault does

A fault hurts only what it must. This page is written from a run in which each part of a shop of processes was killed
(\`kill -9\`), hung (\`SIGSTOP\`), made 2 s late or to answer garbage (a proxy on its wires), while a shopper looked at every page and
ordered; the tests (\`npm test -- --only faults\`) hold the two against each other.

In every row, without exception:

* a page, or a 503 that says what to do and \`Retry-After\`, comes within ${seconds(bounds.page)}; the end of an order, or a 503 that says what is
  known of it, within ${seconds(bounds.order)};
* nothing has to be restarted by hand: ${seconds(bounds.back)} after a part is back at the latest, all is as ever;
* the form of an order that got no answer, sent again, is the same order: it happens once or not at all.

✓ is a page as ever. "wait" is how much longer than ever a page takes at most: at first, and once five calls in a row have
failed, after which a part is not called again until it answers a probe; the run is held to it, but for ${seconds(SLACK_MS)} that a busy
machine may add, and "no" is no more than that. "the form again" is what becomes of the order whose form was sent during the
fault, when it is sent again afterwards: "ordered" where it had failed, "the same order" where it had not.

## Parts that the shop sells without

${of(({ optional }) => optional)}

"packaging" is whatever \`PACKAGING_SERVICE_URL\` names. A page waits for such a part ${seconds(bounds.optional)} at most, and soon not at all.

## Parts that something needs

${of(({ optional, part }) => !optional && part !== "redis")}

A plain 503 for an order says that nothing was charged, or that it is not settled yet, as it happens.
Shoppers pay in euros here. Pages are made from the last known list of products for a minute.

## Redis

Carts, orders, charges and parcels are kept in one Redis; it writes everything down (\`appendonly yes\`).

${of(({ part }) => part === "redis")}

## Repeating it

\`\`\`
npm test -- --only faults              # all of the above, orders under kills, and a rolling restart: two minutes
npm run chaos -- --minutes 10 --seed 7 # shoppers buy while everybody is killed at random; then an audit
FAULTS_LONG=1 npx vitest run --root e2e faults/rolling    # ten thousand requests while all twenty processes are restarted
npm run faults                         # writes this page from the last run
\`\`\`

How a service stops is told in [stopping](stopping.md); how to make one late or fail on purpose, in [fault injection](fault-injection.md).
`;
}

if (import.meta.main) {
  if (process.argv.length > 2) {
    console.log(
      "npm run faults: writes docs/faults.md from the last run of npm test -- --only faults. It has no options.",
    );
  } else if (existsSync(resultsFile)) {
    writeFileSync(pageFile, faultsPage(JSON.parse(readFileSync(resultsFile, "utf8"))));
  } else {
    console.error("There is no run to write docs/faults.md from: npm test -- --only faults makes one.");
    process.exitCode = 1;
  }
}
