import type { Manifest, Result, StageSummary } from "../results/result.ts";
import { bytes, count, duration, milliseconds, percent } from "../results/spoken.ts";
import type { Row } from "../results/summary.ts";
import { judgedOf } from "../results/verdict.ts";
import { type Markup, markup } from "./markup.ts";

/** A table; cells of the first column are names, and of the others figures. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[], last = ""): Markup {
  const cells = (row: readonly string[]) =>
    row.map((cell, index) => (index === 0 ? markup`<th scope="row">${cell}</th>` : markup`<td>${cell}</td>`));
  return markup`<div class="scroll"><table class="${last}"><thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map((row) => markup`<tr>${cells(row)}</tr>`)}</tbody></table></div>`;
}

const ratio = ({ requests, failures }: Row) => (requests > 0 ? percent(failures / requests) : "–");
const latencies = (row: Row) => {
  const { p50, p95, p99 } = judgedOf(row);
  return [p50, p95, p99].map((latency) => (row.requests > 0 ? milliseconds(latency) : "–"));
};

/** All routes, and all of them together. */
export const routesTable = ({ routes, total }: Pick<Result, "routes" | "total">): Markup =>
  table(
    ["Route", "Requests", "Failed", "Per second", "Average", "Median", "p95", "p99", "Slowest", "Size"],
    [...routes, total].map((row) => [
      row === total ? "All together" : `${row.method} ${row.name}`,
      count(row.requests, 6),
      ratio(row),
      count(row.rate),
      milliseconds(row.average),
      ...latencies(row),
      milliseconds(row.max),
      bytes(row.bytes),
    ]),
    "sum",
  );

/** Stages that were measured, in their order. */
export const stagesTable = (stages: readonly StageSummary[]): Markup =>
  table(
    ["Stage", "From", "To", "Users", "Requests", "Failed", "Per second", "Median", "p95", "p99", "Slowest"],
    stages.map((row) => [
      row.stage,
      duration(row.from),
      duration(row.to),
      count(row.users, 6),
      count(row.requests, 6),
      ratio(row),
      count(row.rate),
      ...latencies(row),
      milliseconds(row.max),
    ]),
  );

/** What went wrong, most frequent first. */
export const errorsTable = (errors: Result["errors"], requests: number): Markup =>
  table(
    ["What went wrong", "Route", "How often", "Of all requests"],
    errors.map(({ method, name, words, count: times }) => [
      words,
      `${method} ${name}`,
      count(times, 6),
      requests > 0 ? percent(times / requests) : "–",
    ]),
    "words",
  );

const endings: Record<Manifest["ended"], string> = {
  plan: "as planned",
  stopped: "stopped by hand before its end",
  stopWhen: "ended early, by the plan's own limit",
};

/** What it takes to do it again. */
export function manifestTable(manifest: Manifest): Markup {
  const { plan, machine, versions, workers } = manifest;
  const facts: readonly (readonly [string, string])[] = [
    ["Shop", `${manifest.host}${versions.shop ? `, version ${versions.shop}` : ""}`],
    ["Started", manifest.startedAt],
    ["Ran", `${duration(manifest.seconds)}, ${endings[manifest.ended]}`],
    ["Warm-up", plan.warmUp > 0 ? `${duration(plan.warmUp)}, not counted` : "none"],
    ["Machine", `${machine.name}: ${machine.cpu}, ${machine.cores} cores, ${count(machine.memoryGiB)} GiB`],
    ["Workers", workers.map(workerWords).join("; ") || "this process"],
    ["Versions", `load generator ${versions.loadgen}, Node ${versions.node}`],
    ["Seed", String(plan.seed)],
    ["Command", manifest.command],
  ];
  return markup`<dl class="facts">${facts.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<details><summary>The plan</summary><pre>${JSON.stringify(plan, unending, 2)}</pre></details>`;
}

// JSON knows no infinity, and a stage without end is no stage of null seconds.
const unending = (key: string, value: unknown) =>
  value === Number.POSITIVE_INFINITY || (key === "over" && value === null) ? "until stopped" : value;

function workerWords({ worker, machine, clock }: Manifest["workers"][number]): string {
  const offset = clock ? `, clock ${milliseconds(clock.ahead)} ahead (± ${milliseconds(clock.within)})` : "";
  return `${worker} on ${machine}${offset}`;
}
