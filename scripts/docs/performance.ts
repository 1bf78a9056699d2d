import { readFileSync } from "node:fs";
import { spread } from "../../bench/services.ts";
import type { Load } from "../../bench/suite/loads.ts";
import type { Measurement, Suite } from "../../bench/suite/suite.ts";
import { pagesTable, processesTable, ratesTable, startTable } from "../../bench/suite/tables.ts";
import { cores, findings, loadsTable, ms, percent, plateaus } from "./loads.ts";

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../bench/measured/${name}.json`, import.meta.url), "utf8"));

const median = (runs: readonly Measurement[] = [], of: (run: Measurement) => number) => spread(runs.map(of)).median;

/** docs/performance.md, from what `npm run bench` and `npm run bench:loads` measured. */
export function performance(): string {
  const suite: Suite = read("suite");
  const loads: Load[] = read("loads");
  const named = (plan: string) => loads.find((load) => load.plan === plan);
  const { machine, measuredAt, runs } = suite;
  const ten = suite.shops["ten processes"] ?? [];
  const most = median(ten, ({ ceiling }) => ceiling.most);
  const atCeiling = (2 * 1_000) / most;
  const published = (plan: string, theirs: string) => {
    const load = named(plan);
    const ours = load
      ? `${load.rate.toFixed(0)} req/s, ${percent(load.failures, load.requests)} failed, p50 ${ms(load.p50)}, p99 ${ms(load.p99)}`
      : "not run";
    return `| ${load?.users ?? ""} users, ${load?.seconds ?? ""} s | ${theirs} | ${ours} |`;
  };
  return `# Performance

What the shop costs, how fast it answers, and where it ends, on one machine with two cores that does everything at once:
ten services, the load and the measuring. Each figure says by which command it was measured; all of them are repeated
by two:

\`\`\`
npm run bench -- --help            # starts, memory, pages, rates: side by side with what the shop was
npm run bench:loads -- --help      # the load generator's plans, each with its report
\`\`\`

Measured on ${measuredAt.slice(0, 10)}: ${machine.cpu} (virtual), ${machine.cores} cores, ${machine.memoryGiB} GiB, Debian 12, Node ${machine.node.slice(1)}; carts in
memory, logs written, traces off. Such a machine shares its host, and was slow
that day: a fixed piece of work (2,000 times a list of 60 things
through JSON and back) took it ${machine.calibration.map((value) => value.toFixed(0)).join(" ms before and ")} ms after. Figures of different days compare only as that does, which is why \`bench\`
measures all it compares in turn, in one go. Medians of ${runs} runs, with the lowest and the highest in brackets.

## What it costs

${startTable(suite)}

"ten processes" is \`npm start\`, "one process" is \`npm start -- --colocated\` ([what that gives up](decisions/011-one-process.md));
the column before them is the shop as it was at that commit. A start counts from the command on, the first order until the
page with its number has come.

${pagesTable(suite)}

CPU is that of all processes of the shop, as the operating system counts it. The shopper pays in euros, the cart has two
products, redirects are not followed, and calls are those between services, by their own metrics.

${ratesTable(suite)}

The mix is that of the original's load generator; arrivals are constant and do not wait, and latencies count from when a
request was due. The most requests a second are looked for in steps of a quarter from 400 on, then between the last two; 0 says that the first
step did not hold: V8 compiles while a shop that has just begun meets a load that is new to it.

${processesTable(suite)}

## Beside the original

The original's services were measured on a machine of the same kind on another day, by the same method (without its cart
service, in place of which a lighter one stood in):

| | the original | ten processes | one process |
|---|---:|---:|---:|
${beside(suite)}

## Where the time goes

One page costs what its calls cost. In one process, where a call is a function, the whole mix takes ${ratio(suite).toFixed(1)} times less CPU
than over the wire, though it does all the same work. The storefront at 100 requests a second, by V8's profiler: native
code 21 % (sockets, HTTP/2, the kernel, which \`perf\` sees as 11 %), garbage collection 16 %, \`@grpc/grpc-js\` 14 %, Node's
HTTP/2 in JavaScript 5 %, writing to sockets 6 %, templates 5 %; what is left is spread over sixty modules of 2 % and less.
At a light load each call also wakes two processes; at a high load several share one waking, so that a request costs less
the more there are. One process spends its time in no one place: garbage collection 12 %, templates 9 %, writing 8 %.

What paid, measured side by side: conversions and lists that are kept for five seconds (fewer calls), V8 without helper
threads and one malloc arena ([decision 012](decisions/012-flags.md)), pieces of pages rendered once, no stack traces
for calls that do not fail. What did not: switching off gRPC's own retries.

## The plans

${loadsTable(loads)}

${findings(loads)}

The memory of services that have just begun grows towards their bounds; ten minutes do not show whether it ends there.
Others worked on the machine during parts of the spikes, and the plans were run one after the other over an afternoon whose
first part was the slower one. \`thousand\`, \`hundred\`, \`stress-rate\` and \`spike-200\` came before the storefront made pages
in turns (\`PAGES_AT_ONCE\`), the other plans after it.

![Throughput of the plan stress-fast](pictures/stress-fast-throughput.svg)

![Latency of the plan stress-fast](pictures/stress-fast-latency.svg)

![Latency of the plan recovery](pictures/recovery-latency.svg)

### Plateaus

${plateaus(loads, "plateaus-short")}

### What ends it

${cores(named("stress-fast"))}

On average over the whole of \`stress-fast\`, its quiet beginning included. From the knee on both cores were busy and no single
process was: what is missing is CPU. The report of such a run shows each second of each service.

## Beside published tests of the original

Theirs ran on clusters of four to thirty machines, with limits on CPU and loads of their own: compare shapes, not figures.

| load | published | here, two cores for everything |
|---|---|---|
${published("ten", "0.25 % failed, p99 130 ms")}
${published("hundred", "0.03 % failed, p99 810 ms")}
${published("thousand", "47 % failed, p99 33 s; elsewhere none failed at a median of 3.6 s")}
${published("endurance", "none failed, median 55 ms")}
${published("spike-1000", "below 1,000 users none failed at a median of 3.6 s")}
${published("recovery", "three to four minutes, seen by accident")}

A published test held 1,640 requests a second with up to thirty machines. Two cores serve ${most.toFixed(0)} a second here, all told.
By arithmetic alone (nobody has run it): at ${atCeiling.toFixed(1)} ms of CPU a request 1,640 a second take
${((1_640 * atCeiling) / 1_000).toFixed(1)} cores like these, of which the storefront's part is the largest and scales by replicas, as all
services do that keep nothing; the carts' store is then what there is one of.
`;
}

/** The original's figures, from its own measurement by the same method, and ours. */
function beside({ shops }: Suite): string {
  const page = (name: string) => (run: Measurement) => run.pages.find(({ page }) => page === name)?.total ?? Number.NaN;
  const rate = (wanted: number, of: "total" | "p50" | "p99") => (run: Measurement) =>
    run.rates.find((figures) => figures.wanted === wanted)?.[of] ?? Number.NaN;
  const rows: readonly [string, string, (run: Measurement) => number, number][] = [
    ["start to the first page, s", "1.40", ({ start }) => start.firstPage, 2],
    ["RSS after load, MiB", "560–580", ({ memory }) => memory.loadedRss, 0],
    ["PSS after load, MiB", "480–500", ({ memory }) => memory.loadedPss, 0],
    ["calls of a home, product and cart page", "13, 12, 15", () => Number.NaN, 0],
    ["home, CPU ms", "5.0", page("home"), 2],
    ["product, CPU ms", "4.9", page("product"), 2],
    ["cart of 2, CPU ms", "5.1", page("cart"), 2],
    ["add, CPU ms", "0.8", page("add"), 2],
    ["checkout of 2, CPU ms", "7.9", page("checkout"), 2],
    ["the mix at 100/s, CPU ms", "7.3", rate(100, "total"), 2],
    ["the mix at 100/s, p50 / p99", "6.3 / 15.7", () => Number.NaN, 1],
    ["the mix at 200/s, CPU ms", "5.8", rate(200, "total"), 2],
    ["most requests/s on two cores", "550–700", ({ ceiling }) => ceiling.most, 0],
  ];
  const calls = (runs: readonly Measurement[] = []) =>
    ["home", "product", "cart"]
      .map((name) => median(runs, (run) => run.pages.find(({ page }) => page === name)?.calls ?? Number.NaN).toFixed(0))
      .join(", ");
  const latencies = (runs: readonly Measurement[] = []) =>
    (["p50", "p99"] as const).map((of) => median(runs, rate(100, of)).toFixed(1)).join(" / ");
  const ours = (what: string, of: (run: Measurement) => number, digits: number, runs: readonly Measurement[] = []) => {
    if (what.startsWith("calls")) return calls(runs);
    if (what.includes("p50")) return latencies(runs);
    return median(runs, of).toFixed(digits);
  };
  return rows
    .map(([what, theirs, of, digits]) => {
      const cells = ["ten processes", "one process"].map((name) => ours(what, of, digits, shops[name]));
      return `| ${[what, theirs, ...cells].join(" | ")} |`;
    })
    .join("\n");
}

/** How many times the CPU the wire takes, at the first of the rates. */
function ratio({ shops }: Suite): number {
  const [ten, one] = ["ten processes", "one process"].map((name) =>
    median(shops[name], ({ rates: [first] }) => first?.total ?? Number.NaN),
  ) as [number, number];
  return ten / one;
}
