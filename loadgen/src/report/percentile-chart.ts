import { scaleLinear } from "d3-scale";
import { decodeFromCompressedBase64 } from "hdr-histogram-js";
import { distributionOf } from "../results/distribution.ts";
import { milliseconds } from "../results/spoken.ts";
import { gridOf, latencyAxis, tickLatency } from "./axis.ts";
import { labelsOf, type Place, pathOf } from "./lines.ts";
import { markup } from "./markup.ts";
import { distinct, fill, halo, stroke } from "./palette.ts";
import { type Chart, type Format, fitted, picture } from "./picture.ts";

/** A distribution of latencies by name, as HdrHistogram writes it. */
export interface Distribution {
  readonly name: string;
  readonly histogram: string;
}

const marks = [0, 50, 90, 99, 99.9, 99.99, 99.999];

/** How far right a percentile is: each nine as far as the one before it. */
const nines = (percentile: number) => -Math.log10(1 - percentile / 100);

/** The latency of each percentile, up to where a single request decides. */
export function percentileChart(distributions: readonly Distribution[], format: Format): Chart {
  const curves = distributions.slice(0, distinct.length).flatMap(({ name, histogram }) => {
    const all = decodeFromCompressedBase64(histogram);
    if (all.totalCount === 0) return [];
    const last = Math.min(5, Math.max(1, Math.log10(all.totalCount)));
    const steps = Array.from({ length: 121 }, (_, index) => (index / 120) * last);
    const read = (asked: readonly number[]) => distributionOf([all], asked, all.maxValue).at;
    const curve = read(steps.map((step) => 100 * (1 - 10 ** -step)));
    return [{ name, marked: read(marks), points: steps.map((step, index) => [step, curve[index] ?? 0] as const) }];
  });
  const most = Math.max(1, ...curves.map(({ points }) => points.at(-1)?.[0] ?? 0));
  const values = curves.flatMap(({ points }) => points.map(([, latency]) => latency));
  const scale = latencyAxis(values, 0, 1).log ? "; logarithmic axis" : "";
  const about = `How many of all requests, failures included, took at most how long${scale}.`;
  return picture(format, { name: "percentiles", title: "Response time by percentile", about }, (begin) => {
    const several = curves.length > 1;
    const right = several ? Math.max(format.right, 130) : 56;
    const [from, to, top, bottom] = [format.left, format.width - right, begin + 10, begin + 220];
    const x = scaleLinear([0, most], [from, to]);
    const axis = latencyAxis(values, top, bottom);
    const lines = curves.map(({ name, points }, index) => {
      const places = points.map(([step, latency]): Place => [x(step), axis.y(latency)]);
      return { words: fitted(name, 106), colour: distinct[index] ?? "axis", places, y: places.at(-1)?.[1] ?? bottom };
    });
    // Where there is little room, marks would lie over each other: the last matter most.
    const shown: number[] = [];
    for (const mark of marks.filter((mark) => nines(mark) <= most).toReversed()) {
      const next = shown.at(-1);
      if (next === undefined || x(nines(next)) - x(nines(mark)) >= 42) shown.push(mark);
    }
    return {
      height: bottom + 28,
      content: [
        gridOf(axis, from, to, tickLatency),
        ...shown.map((mark) => {
          const at = x(nines(mark));
          return markup`<line x1="${at}" x2="${at}" y1="${top}" y2="${bottom}" ${stroke("grid")}/>
<text x="${at}" y="${bottom + 18}" text-anchor="middle" ${fill("soft")}>${String(mark)}${"\u00a0%"}</text>`;
        }),
        markup`<line x1="${from}" x2="${to}" y1="${bottom}" y2="${bottom}" ${stroke("axis")}/>`,
        ...lines.map(({ places, colour }) => pathOf(places, colour, 2)),
        ...(several ? [] : shown.filter((mark) => mark > 0)).map((mark) => {
          const latency = curves[0]?.marked[marks.indexOf(mark)] ?? 0;
          return markup`<circle cx="${x(nines(mark))}" cy="${axis.y(latency)}" r="4" ${fill("rate")}/>
<text x="${x(nines(mark)) + 7}" y="${axis.y(latency) + 17}" ${halo("ink")}>${milliseconds(latency)}</text>`;
        }),
        several ? labelsOf(lines, to, top + 4, bottom - 4) : markup``,
      ],
    };
  });
}
