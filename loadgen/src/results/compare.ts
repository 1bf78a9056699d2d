import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from "hdr-histogram-js";
import { medianOf } from "./middle.ts";
import type { Result } from "./result.ts";
import { count, milliseconds, percent, perSecond, signed } from "./spoken.ts";
import { judgedOf } from "./verdict.ts";

/** The figures that runs are compared by. */
export const figures = ["rate", "failRatio", "p50", "p95", "p99", "average", "most"] as const;

/** One of them. */
export type Figure = (typeof figures)[number];

/** Several runs of the same: the median of their figures, and the least and the greatest. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Runs that were the same in all that can be told: repeats. */
export interface Configuration {
  readonly name: string;
  readonly results: readonly Result[];
  readonly figures: Readonly<Record<Figure, Spread>>;
  /** The latencies of all its runs together. */
  readonly histogram: string;
}

/** Gathers results into configurations, in the order in which they come: by their names if given, or else by what they were. */
export function configurationsOf(results: readonly Result[], names?: readonly string[]): readonly Configuration[] {
  const groups = [...Map.groupBy(results.entries(), ([index, result]) => names?.[index] ?? sameness(result))];
  const labels = labelsOf(groups.map(([, group]) => group[0]?.[1]).filter((result) => result !== undefined));
  return groups.map(([key, group], index) => {
    const runs = group.map(([, result]) => result);
    const spreads = figures.map((figure) => [figure, spreadOf(runs.map((run) => figureOf(run, figure)))] as const);
    return {
      name: names ? key : (labels[index] ?? key),
      results: runs,
      figures: Object.fromEntries(spreads) as Record<Figure, Spread>,
      histogram: merged(runs.map(({ total }) => total.histogram)),
    };
  });
}

/** A repeat has another seed and nothing else. */
function sameness({ manifest: { plan, host, versions, workers } }: Result): string {
  const { seed: _, ...rest } = plan;
  return JSON.stringify([rest, host, versions.shop, workers.length]);
}

/** Names made of what differs, and a number where that does not do. */
function labelsOf(firsts: readonly Result[]): readonly string[] {
  const traits = firsts.map(({ manifest: { plan, host, versions, workers } }) => [
    plan.name,
    host,
    `shop ${versions.shop ?? "of unknown version"}`,
    workers.length === 1 ? "1 worker" : `${workers.length} workers`,
  ]);
  const varies = (index: number) => new Set(traits.map((trait) => trait[index])).size > 1;
  const labels = traits.map((trait) => trait.filter((_, index) => varies(index)).join(", ") || (trait[0] ?? ""));
  return labels.map((label, index) =>
    labels.indexOf(label) === labels.lastIndexOf(label) ? label : `${label} #${index + 1}`,
  );
}

/** A figure of a run. Latencies are those that a shop is judged by. */
export function figureOf({ total }: Result, figure: Figure): number {
  if (figure === "rate" || figure === "average") return total[figure];
  if (figure === "failRatio") return total.requests > 0 ? total.failures / total.requests : 0;
  return figure === "most" ? total.max : judgedOf(total)[figure];
}

const spreadOf = (values: readonly number[]): Spread => ({
  median: medianOf(values),
  low: Math.min(...values),
  high: Math.max(...values),
});

function merged(histograms: readonly string[]): string {
  const sum = build({ numberOfSignificantValueDigits: 3 });
  for (const histogram of histograms) sum.add(decodeFromCompressedBase64(histogram));
  return encodeIntoCompressedBase64(sum as Parameters<typeof encodeIntoCompressedBase64>[0]);
}

const said: Record<Figure, readonly [name: string, say: (value: number) => string]> = {
  rate: ["rate", perSecond],
  failRatio: ["failed", percent],
  p50: ["median", milliseconds],
  p95: ["p95", milliseconds],
  p99: ["p99", milliseconds],
  average: ["average", milliseconds],
  most: ["slowest", milliseconds],
};

/** What a figure is called. */
export const nameOf = (figure: Figure): string => said[figure][0];

/** A spread in words: "12 ms (11 ms to 14 ms)"; of a single run its figure alone. */
export function spreadWords(figure: Figure, { median, low, high }: Spread): string {
  const say = said[figure][1];
  return low === high ? say(median) : `${say(median)} (${say(low)} to ${say(high)})`;
}

/** How a configuration differs from another, figure by figure, and whether that is more than chance makes of repeats. */
export function differences(before: Configuration, after: Configuration): readonly string[] {
  return (["rate", "failRatio", "p50", "p95", "p99"] as const).map((figure) => {
    const [name, say] = said[figure];
    const [a, b] = [before.figures[figure], after.figures[figure]];
    const change =
      a.median > 0 && a.median !== b.median ? ` (${signed((b.median / a.median - 1) * 100, 2)}\u00a0%)` : "";
    return `${name} ${say(a.median)} → ${say(b.median)}${change}${a.median === b.median ? "" : `, ${certainty(before, after, a, b)}`}`;
  });
}

function certainty(before: Configuration, after: Configuration, a: Spread, b: Spread): string {
  const runs = Math.min(before.results.length, after.results.length);
  if (runs < 2) return "from one run each at least once: repeat it to know whether that is chance";
  return a.high < b.low || b.high < a.low
    ? "beyond the spread of the repeats"
    : `within the spread of the ${count(runs)} repeats`;
}
