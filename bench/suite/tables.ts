import { spread } from "../services.ts";
import type { Measurement, Suite } from "./suite.ts";

/** A row of a table: what it is, and how it is read from a run. */
type Row = readonly [what: string, read: (run: Measurement) => number | undefined, digits: number];

const missing = "–";

/** Median and spread, as "1.42 [1.31-1.60]". */
function figure(values: readonly (number | undefined)[], digits: number): string {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return missing;
  const { median, low, high } = spread(known);
  const [m, l, h] = [median, low, high].map((value) => value.toFixed(digits));
  return known.length === 1 ? `${m}` : `${m} [${l}-${h}]`;
}

function table(head: string, rows: readonly Row[], { shops }: Suite): string {
  const names = Object.keys(shops);
  const lines = rows.map(([what, read, digits]) => {
    const cells = names.map((name) => figure((shops[name] ?? []).map(read), digits));
    return `| ${[what, ...cells].join(" | ")} |`;
  });
  return [`| ${[head, ...names].join(" | ")} |`, `|---${"|---:".repeat(names.length)}|`, ...lines].join("\n");
}

const firstOf = ({ shops }: Suite): Measurement | undefined => Object.values(shops)[0]?.[0];

/** What a start takes, and how much memory there is then and after all the load. */
export const startTable = (suite: Suite): string =>
  table(
    "start and memory",
    [
      ["start to the first page, s", ({ start }) => start.firstPage, 2],
      ["start to the first paid order, s", ({ start }) => start.firstOrder, 2],
      ["RSS idle, MiB", ({ memory }) => memory.idleRss, 0],
      ["PSS idle, MiB", ({ memory }) => memory.idlePss, 0],
      ["RSS after all load, MiB", ({ memory }) => memory.loadedRss, 0],
      ["PSS after all load, MiB", ({ memory }) => memory.loadedPss, 0],
    ],
    suite,
  );

/** What pages cost one at a time. */
export function pagesTable(suite: Suite): string {
  const pages = firstOf(suite)?.pages.map(({ page }) => page) ?? [];
  const at = (page: string, of: "total" | "calls" | "bytes" | "p50" | "p99") => (run: Measurement) =>
    run.pages.find((figures) => figures.page === page)?.[of];
  const rows = (what: string, of: Parameters<typeof at>[1], digits: number): Row[] =>
    pages.map((page) => [`${page}: ${what}`, at(page, of), digits]);
  return table(
    "one page at a time",
    [
      ...rows("CPU ms", "total", 2),
      ...rows("latency p50, ms", "p50", 2),
      ...rows("calls", "calls", 1),
      ...rows("bytes", "bytes", 0),
    ],
    suite,
  );
}

/** What the mix costs at fixed rates, and how far it goes. */
export function ratesTable(suite: Suite): string {
  const rates = firstOf(suite)?.rates.map(({ wanted }) => wanted) ?? [];
  const at = (wanted: number, of: "total" | "p50" | "p99" | "failed" | "generator") => (run: Measurement) =>
    run.rates.find((figures) => figures.wanted === wanted)?.[of];
  const rows = rates.flatMap((rate): Row[] => [
    [`${rate}/s: CPU ms a request`, at(rate, "total"), 2],
    [`${rate}/s: latency p50, ms`, at(rate, "p50"), 1],
    [`${rate}/s: latency p99, ms`, at(rate, "p99"), 1],
    [`${rate}/s: failed`, at(rate, "failed"), 0],
    [`${rate}/s: the generator's CPU ms`, at(rate, "generator"), 2],
  ]);
  const most: Row = ["most requests/s, p99 < 400 ms, none failed", ({ ceiling }) => ceiling.most, 0];
  return table("the mix", [...rows, most], suite);
}

/** Where the CPU of the mix goes, process by process, at the first of the rates. */
export function processesTable(suite: Suite): string {
  const wanted = firstOf(suite)?.rates[0]?.wanted ?? 0;
  const names = new Set(Object.values(suite.shops).flatMap((runs) => Object.keys(runs[0]?.rates[0]?.cpu ?? {})));
  const rows = [...names].map((name): Row => [name, ({ rates: [first] }) => first?.cpu[name], 2]);
  return table(`CPU ms a request at ${wanted}/s`, rows, suite);
}

/** All of it. */
export const tablesOf = (suite: Suite): string =>
  [startTable(suite), pagesTable(suite), ratesTable(suite), processesTable(suite)].join("\n\n");
