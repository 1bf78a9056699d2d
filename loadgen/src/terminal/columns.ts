import { styleText } from "node:util";
import { count, milliseconds, percent } from "../results/spoken.ts";
import type { Row } from "../results/summary.ts";

/** How a text is marked, if it is. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** Marks text where a terminal shows it, and leaves it as it is everywhere else. */
export const paintFor = (colours: boolean): Paint =>
  colours ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;

/** Lines of cells as a table: the first `left` columns to the left, the others to the right. */
export function columns(lines: readonly (readonly string[])[], left: number): string[] {
  const widths = lines[0]?.map((_, place) => Math.max(...lines.map((cells) => cells[place]?.length ?? 0))) ?? [];
  const aligned = (cell: string, place: number) =>
    place < left ? cell.padEnd(widths[place] ?? 0) : cell.padStart(widths[place] ?? 0);
  return lines.map((cells) => `  ${cells.map(aligned).join("  ")}`.trimEnd());
}

const shortened = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** A table of routes and all of them together, in the columns of Locust. */
export function routeTable(rows: readonly Row[], total: Row, paint: Paint, nameWidth = 36): string[] {
  const head = [
    "Type",
    "Name",
    "# reqs",
    "# fails",
    "",
    "Avg",
    "Min",
    "Max",
    "p50",
    "p95",
    "p99",
    "req/s",
    "failures/s",
  ];
  const cells = ({ method, name, requests, failures, average, min, max, percentiles, rate, failureRate }: Row) => [
    method,
    shortened(name, nameWidth),
    count(requests),
    count(failures),
    requests > 0 && failures > 0 ? `(${percent(failures / requests)})` : "",
    ...[average, min, max, percentiles["50"], percentiles["95"], percentiles["99"]].map((value) =>
      requests > 0 ? milliseconds(value ?? 0) : "–",
    ),
    count(rate),
    count(failureRate),
  ];
  const [top = "", ...lines] = columns([head, ...rows.map(cells), cells(total)], 2);
  const all = lines.pop() ?? "";
  const marked = lines.map((line, place) => ((rows[place]?.failures ?? 0) > 0 ? paint("red", line) : line));
  return [paint("dim", top), ...marked, paint("bold", all)];
}

const BLOCKS = "▁▂▃▄▅▆▇█";

/** Figures as a line of bars, the last ones at the right end; the highest of those shown is the full height. */
export function sparkline(figures: readonly number[], width: number): string {
  const shown = figures.slice(-width);
  const most = Math.max(...shown, Number.MIN_VALUE);
  return shown.map((figure) => BLOCKS[Math.min(7, Math.floor((figure / most) * 8))]).join("");
}
