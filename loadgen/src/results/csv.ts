import type { Result } from "./result.ts";
import { percentiles, type Row } from "./summary.ts";
import { AGGREGATED } from "./totals.ts";

// The tables that Locust writes, with its names and order of columns, so that scripts made for them work on ours.

const shares = percentiles.map((percentile) => `${percentile}%`);

const statsColumns = [
  "Type",
  "Name",
  "Request Count",
  "Failure Count",
  "Median Response Time",
  "Average Response Time",
  "Min Response Time",
  "Max Response Time",
  "Average Content Size",
  "Requests/s",
  "Failures/s",
  ...shares,
];

const historyColumns = [
  "Timestamp",
  "User Count",
  "Type",
  "Name",
  "Requests/s",
  "Failures/s",
  ...shares,
  "Total Request Count",
  "Total Failure Count",
  "Total Median Response Time",
  "Total Average Response Time",
  "Total Min Response Time",
  "Total Max Response Time",
  "Total Average Content Size",
];

/** A row for each route and one for all, "Aggregated". Milliseconds; without the warm-up. */
export const statsCsv = ({ routes, total }: Pick<Result, "routes" | "total">): string =>
  csv(statsColumns, [...routes, total].map(statsRow));

function statsRow(row: Row): readonly Cell[] {
  return [
    row.method,
    row.name,
    row.requests,
    row.failures,
    // Locust's median is that of its table of percentiles.
    figure(row.percentiles["50"]),
    figure(row.average),
    figure(row.min),
    figure(row.max),
    figure(row.bytes),
    figure(row.rate),
    figure(row.failureRate),
    ...percentilesOf(row),
  ];
}

/**
 * A row for each point of the series: percentiles and rates are those of the moment, of all routes; the columns called
 * total are of all since the start, warm-up included, as Locust counts.
 */
export function historyCsv({
  manifest,
  series,
  history = [],
}: Pick<Result, "manifest" | "series" | "history">): string {
  const start = Date.parse(manifest.startedAt) / 1_000;
  const rows = history.flatMap(({ percentiles: moment, sofar }, index) => {
    const point = series[index];
    if (!point) return [];
    const { requests, failures, p50, average, min, max, bytes } = sofar;
    return [
      [
        Math.floor(start + point.second),
        point.users,
        "",
        AGGREGATED,
        point.rate.toFixed(6),
        point.failureRate.toFixed(6),
        ...percentiles.map((name) => (point.rate > 0 ? figure(moment[name]) : "N/A")),
        requests,
        failures,
        ...[p50, average, min, max, bytes].map(figure),
      ],
    ];
  });
  return csv(historyColumns, rows);
}

/** What went wrong, by route and words. */
export const failuresCsv = ({ errors }: Pick<Result, "errors">): string =>
  csv(
    ["Method", "Name", "Error", "Occurrences"],
    errors.map(({ method, name, words, count }) => [method, name, words, count]),
  );

/** Exceptions of the load script: there is none that could throw, so only the names of the columns. */
export const exceptionsCsv = (): string => csv(["Count", "Message", "Traceback", "Nodes"], []);

type Cell = string | number;

const percentilesOf = (row: Row): readonly Cell[] =>
  percentiles.map((name) => (row.requests > 0 ? figure(row.percentiles[name]) : "N/A"));

/** A figure to the thousandth. */
const figure = (value: number | undefined): Cell => (value === undefined ? "N/A" : Math.round(value * 1_000) / 1_000);

const csv = (columns: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [columns, ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");

function quoted(cell: Cell): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
