import { medianOf, pieces } from "../results/middle.ts";
import type { Finding } from "../results/result.ts";
import { count, duration, signed } from "../results/spoken.ts";
import { type Facts, loadsOf, measured } from "./facts.ts";

/** A line through points: by how much it rises in a unit of x, and how sure that is (95 %). */
export interface Slope {
  readonly slope: number;
  readonly low: number;
  readonly high: number;
}

/** Fewer points have no slope worth the name. */
const FEW = 10;
/** So many points are enough: the slopes between any two of them are as many as their square. */
const MOST = 240;
/** A shorter run says little about an hour. */
const LONG_ENOUGH = 600;
const HOUR = 3_600;

/**
 * The slope by Theil and Sen: the median of the slopes between any two points, which no outlier moves, with Sen's
 * confidence band from Kendall's statistic. Undefined for fewer than 10 points, or when all have the same x.
 */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): Slope | undefined {
  if (points.length < FEW) return undefined;
  const thinned = pieces(points, MOST).map((piece) => [
    medianOf(piece.map(([x]) => x)),
    medianOf(piece.map(([, y]) => y)),
  ]);
  const slopes: number[] = [];
  for (const [index, [x0 = 0, y0 = 0]] of thinned.entries())
    for (const [x = 0, y = 0] of thinned.slice(index + 1)) if (x !== x0) slopes.push((y - y0) / (x - x0));
  if (slopes.length === 0) return undefined;
  const sorted = Float64Array.from(slopes).sort();
  const n = thinned.length;
  const spread = 1.96 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const at = (rank: number) => sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(rank)))] ?? 0;
  return {
    slope: medianOf([...sorted]),
    low: at((sorted.length - spread) / 2 - 1),
    high: at((sorted.length + spread) / 2),
  };
}

/**
 * Finds what grows or falls while the load stays the same: p50 and p99 in milliseconds per hour, memory of each service
 * of the shop in MiB per hour. Only the time at the highest load counts.
 */
export function findSlopes(facts: Facts): readonly Finding[] {
  const points = measured(facts).filter(({ rate }) => rate > 0);
  const loadAt = loadsOf(facts.plan);
  const most = Math.max(0, ...points.map(loadAt));
  const steady = points.filter((point) => loadAt(point) >= 0.95 * most);
  const [from = 0, to = 0] = [steady[0]?.second, steady.at(-1)?.second];
  const told = facts.shop.filter(({ second }) => second >= from && second <= to);
  if (steady.length < FEW) return [finding("too few points at the highest load to tell a slope from", {})];
  const looked = [
    { name: "p50", unit: "ms", points: steady.map(({ second, p50 }) => [second, p50] as const) },
    { name: "p99", unit: "ms", points: steady.map(({ second, p99 }) => [second, p99] as const) },
    ...[...Map.groupBy(told, ({ service }) => service)].map(([service, points]) => ({
      name: `memory of ${service}`,
      unit: "MiB",
      points: points.map(({ second, rss }) => [second, rss] as const),
    })),
  ];
  const short = to - from < LONG_ENOUGH ? `; ${duration(to - from)} say little about an hour` : "";
  return looked.map(({ name, unit, points }) => {
    const found = slopeOf(points.map(([second, y]) => [second / HOUR, y]));
    if (!found) return finding(`${name}: too few points to tell a slope from`, { of: name });
    const { slope, low, high } = found;
    const none = low <= 0 && high >= 0;
    const words = `${name}: ${none ? "no slope" : slope > 0 ? "grows" : "falls"}: ${signed(slope)} ${unit}/h ± ${count((high - low) / 2, 2)}${short}`;
    return finding(words, { of: name, unit: `${unit}/h`, slope, low, high });
  });
}

const finding = (words: string, figures: Finding["figures"]): Finding => ({ kind: "slope", words, figures });
