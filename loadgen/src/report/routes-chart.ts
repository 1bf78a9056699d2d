import { scaleLinear, scaleLog } from "d3-scale";
import { count, percent } from "../results/spoken.ts";
import type { Row } from "../results/summary.ts";
import { logTicks, tickLatency } from "./axis.ts";
import { markup } from "./markup.ts";
import { fill, stroke } from "./palette.ts";
import { type Chart, type Format, fitted, picture } from "./picture.ts";

/** So many routes can be told apart in a picture; the table has them all. */
const MOST = 24;
const STEP = 26;

/** Each route from its median to its p99, slowest first. */
export function routesChart(routes: readonly Row[], format: Format): Chart {
  const at = (row: Row, percentile: string) => Math.max(0.001, row.percentiles[percentile] ?? 0);
  const shown = routes
    .filter(({ requests }) => requests > 0)
    .toSorted((a, b) => at(b, "99") - at(a, "99"))
    .slice(0, MOST);
  const values = shown.flatMap((row) => [at(row, "50"), at(row, "99")]);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const log = most / least > 20;
  const about = `From the median by p95 to p99, slowest first${log ? "; logarithmic axis" : ""}. Right: requests, and how many failed.`;
  return picture(format, { name: "routes", title: "Response time by route", about }, (begin) => {
    const narrow = format.width < 600;
    const left = narrow ? 130 : 210;
    const right = narrow ? 62 : 140;
    const [from, to, top] = [left, format.width - right, begin + 8];
    const bottom = top + shown.length * STEP + 4;
    const x = log ? scaleLog([least * 0.9, most * 1.1], [from, to]) : scaleLinear([0, most * 1.05], [from, to]);
    const all = log ? logTicks(least * 0.9, most * 1.1) : x.ticks(narrow ? 3 : 6);
    const ticks = narrow && all.length > 4 ? all.filter((_, index) => index % 2 === 0) : all;
    return {
      height: bottom + 26,
      content: [
        ...ticks.map(
          (tick) => markup`<line x1="${x(tick)}" x2="${x(tick)}" y1="${top}" y2="${bottom}" ${stroke("grid")}/>
<text x="${x(tick)}" y="${bottom + 16}" text-anchor="middle" ${fill("soft")}>${tickLatency(tick)}</text>`,
        ),
        ...shown.map((row, index) => {
          const y = top + index * STEP + STEP / 2;
          const place = (percentile: string) => x(at(row, percentile));
          const failed = row.failures > 0;
          const told = `${count(row.requests)}${narrow ? "" : ` · ${percent(row.failures / row.requests)} failed`}`;
          return markup`<text x="0" y="${y + 4}" ${fill("ink")}><title>${row.method} ${row.name}</title>${fitted(`${row.method} ${row.name}`, left - 12)}</text>
<line x1="${place("50")}" x2="${place("99")}" y1="${y}" y2="${y}" stroke-width="4" stroke-linecap="round" ${stroke("p50")}/>
${(["50", "95", "99"] as const).map((name) => markup`<circle cx="${place(name)}" cy="${y}" r="4.5" ${fill(`p${name}`)}/>`)}
<text x="${format.width}" y="${y + 4}" text-anchor="end" ${fill(failed ? "failure" : "soft")}>${told}</text>`;
        }),
      ],
    };
  });
}
