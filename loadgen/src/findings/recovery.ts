import { medianOf } from "../results/middle.ts";
import type { Finding, Point } from "../results/result.ts";
import { count, duration, milliseconds, percent } from "../results/spoken.ts";
import { type Span, spansOf, wantedAt } from "../results/stages.ts";
import type { Facts } from "./facts.ts";

/** p99 is back within so many times the baseline's, or so many milliseconds more. */
const BAND = { times: 1.5, more: 10 };
/** For so many seconds on end. */
const CALM = 5;

/**
 * Finds how long the shop takes to be itself again after the load has fallen (a ramp-down, the end of a spike). The
 * baseline is what it did before the load was at its highest, at about the level that it fell to or below. It has recovered when p99
 * is within 1.5 times the baseline's or 10 ms of it, and no more fails than did before, for 5 s on end; the time counts
 * from the end of the fall to the beginning of those 5 s.
 */
export function findRecovery({ plan, series }: Facts): readonly Finding[] {
  const spans = spansOf(plan);
  const falls = fallsOf(spans);
  if (falls.length === 0)
    return [finding("the load never falls in this plan, so there is nothing to recover from", {})];
  return falls.map(({ end, level, until, risen }) => {
    const low = (point: Point) => wantedAt(spans, point.second) <= Math.max(1.1 * level, level + 1);
    const answered = series.filter(({ second, rate, waiting }) => second > plan.warmUp && (rate > 0 || waiting > 0));
    const early = answered.filter(({ second }) => second <= risen);
    const alike = early.filter(low);
    const before = alike.length >= 3 ? alike : early.slice(0, Math.max(3, Math.floor(early.length / 5)));
    const after = answered.filter(({ second }) => second > end && second <= until);
    const start = `after the load fell to ${count(level)} at ${duration(end)}`;
    if (before.length === 0 || after.length === 0)
      return finding(`${start}: too little was asked before or after it to tell`, { end, recovered: "unknown" });

    const base = medianOf(before.map(({ p99 }) => p99));
    const failing = ratioOf(before);
    const band = Math.max(BAND.times * base, base + BAND.more);
    const calm = (point: Point) => point.rate > 0 && point.p99 <= band && ratioOf([point]) <= failing;
    const back = calmFrom(after, calm, end);
    const wanted = `p99 at most ${milliseconds(band)}, ${failing > 0 ? `at most ${percent(failing)} failed` : "no failures"}`;
    const figures = { end, baseline: base, band };
    if (back === undefined) {
      const last = after.at(-1) as Point;
      const words = `${start}: not recovered in ${duration(last.second - end)} (${wanted}); p99 was ${milliseconds(last.p99)} and ${percent(ratioOf([last]))} failed at last`;
      return finding(words, { ...figures, recovered: "never" });
    }
    const words = `${start}: recovered ${back - end < 1 ? "at once" : `in ${duration(back - end)}`} (${wanted}, for ${CALM} s on end)`;
    return finding(words, { ...figures, recovered: "yes", seconds: Math.max(0, back - end) });
  });
}

/** Where the load falls, stages that fall one after the other taken together: to what, and until it rises again. */
function fallsOf(spans: readonly Span[]) {
  return spans.flatMap((span, index) => {
    const next = spans[index + 1];
    if (span.last >= span.first || (next && next.last < next.first)) return [];
    const until =
      spans.find(({ from, first, last }) => from >= span.to && last > first)?.from ?? Number.POSITIVE_INFINITY;
    const earlier = spans.slice(0, index);
    const peak = Math.max(...earlier.map(({ last }) => last));
    const risen = earlier.find(({ last, first }) => last === peak && last > first)?.to ?? 0;
    return [{ end: span.to, level: span.last, until, risen }];
  });
}

const ratioOf = (points: readonly Point[]) => {
  const sum = (of: "rate" | "failureRate") => points.reduce((sum, point) => sum + point[of], 0);
  return sum("rate") > 0 ? sum("failureRate") / sum("rate") : 0;
};

/** The beginning of the first calm that lasts; a point stands for the time since the one before it. */
function calmFrom(points: readonly Point[], calm: (point: Point) => boolean, end: number): number | undefined {
  let since = end;
  for (const point of points) {
    if (!calm(point)) since = point.second;
    else if (point.second - since >= CALM) return since;
  }
  return undefined;
}

const finding = (words: string, figures: Finding["figures"]): Finding => ({ kind: "recovery", words, figures });
