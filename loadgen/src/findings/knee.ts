import type { Plan } from "../plan/plan.ts";
import { medianOf, pieces } from "../results/middle.ts";
import type { Finding, Point } from "../results/result.ts";
import { count, listed, milliseconds, percent, perSecond } from "../results/spoken.ts";
import { busiestAt } from "./evidence.ts";
import { type Facts, loadsOf, measured } from "./facts.ts";
import { slopeOf } from "./slope.ts";

/** How it gave way: each has its own sign. */
type Sign = "failures" | "latency" | "throughput";

/** A part of the ramp: medians of some seconds. */
interface Step {
  readonly from: number;
  readonly second: number;
  readonly load: number;
  /** Answered well, per second. */
  readonly good: number;
  readonly failed: number;
  readonly p99: number;
}

/** The ramp is looked at in so many steps; the first fifth of them is what the others are held against. */
const STEPS = 40;
/** A sign must hold for so many steps on end (or until the end), since one slow second is no knee. */
const ON_END = 3;

/** Throughput follows while each user (or arrival) gets at least so much of what it got at first ... */
const FOLLOWS = 0.9;
/** ... or while one more brings at least so much of that. Users who have just come ask more often than others do. */
const GAINS = 0.5;
/** It is looked for over so many steps. */
const AHEAD = 6;
/** Latency rose when p99 is so many times what it was at first, and so many milliseconds more. */
const ROSE = { times: 3, more: 20 };
const FAILING = 0.01;

/**
 * Finds the load at which the shop gives way. Loads are users, or the arrivals per second that were wanted. What counts
 * is the rise to the highest load; its first fifth is the baseline. The knee is the last step before more than 1 % of
 * the requests fail, p99 is three times (and 20 ms) above the baseline's, or throughput no longer follows: the requests
 * that go well are below 90 % of the baseline's for that load, and more load brings less than half of what it brought
 * at first. The first of them that lasts for three steps counts. Where that is throughput, the knee is where the line
 * through the steps before it meets the height of those after it.
 */
export function findKnee({ plan, series, shop }: Facts): readonly Finding[] {
  const unit = plan.model === "rate" ? "arrivals/s" : "users";
  const { steps, most } = stepsOf(plan, series);
  if (steps.length < 10) return [finding("too few seconds to find a knee in: let the ramp last longer", {})];
  const baseline = steps.slice(0, Math.floor(steps.length / 5));
  if ((baseline[0]?.load ?? 0) > most / 2)
    return [finding("the load hardly rises in this plan, so there is no knee to be found", {})];

  const each = medianOf(baseline.map(({ good, load }) => good / load));
  const p99 = medianOf(baseline.map((step) => step.p99));
  const gain = (at: number, ahead = AHEAD) => {
    const from = steps[Math.max(0, Math.min(at, steps.length - 1 - ahead))] as Step;
    const to = steps[Math.min(at + ahead, steps.length - 1)] as Step;
    return to.load > from.load ? (to.good - from.good) / (to.load - from.load) : 0;
  };
  const atFirst = gain(0, baseline.length);
  const worth = GAINS * (atFirst > 0 ? Math.min(atFirst, each) : each);
  const signs: Record<Sign, (step: Step, at: number) => boolean> = {
    failures: ({ failed }) => failed > FAILING,
    latency: (step) => step.p99 > ROSE.times * p99 && step.p99 > p99 + ROSE.more,
    throughput: ({ good, load }, at) => good < FOLLOWS * each * load && gain(at) < worth,
  };
  const seen = (Object.keys(signs) as Sign[]).flatMap((sign) => {
    const shown = steps.map((step, at) => signs[sign](step, at));
    const at = shown.findIndex((_, at) => shown.slice(at, at + ON_END).every(Boolean));
    return at < 0 ? [] : [{ sign, at }];
  });
  if (seen.length === 0) {
    const last = steps.at(-1) as Step;
    const words = `no knee up to ${count(most)} ${unit}: ${perSecond(last.good)} and p99 ${milliseconds(last.p99)} at the end: load it more`;
    return [finding(words, { load: most, unit, found: "no" })];
  }

  const at = Math.min(...seen.map((gave) => gave.at));
  const first = seen.filter((gave) => gave.at === at).map(({ sign }) => sign);
  const before = steps[Math.max(0, at - 1)] as Step;
  const flat = medianOf(steps.slice(at).map(({ good }) => good));
  const { load, good: rate } = first.includes("throughput") ? meeting(steps.slice(0, at), flat, before) : before;
  const after = steps.slice(at).find((step) => step.load >= load) ?? (steps[at] as Step);
  const how: Record<Sign, string> = {
    failures: `failures came (${percent(after.failed)})`,
    latency: `latency rose (p99 ${milliseconds(p99)} before, ${milliseconds(after.p99)} after)`,
    throughput: `throughput stopped following (${perSecond(flat)} from there on)`,
  };
  const where =
    at === 0
      ? `gave way from the start, at ${count(after.load)} ${unit}`
      : `knee at ${count(load)} ${unit} and ${perSecond(rate)}`;
  const evidence = busiestAt(shop, series, after.from, after.second);
  const words = [`${where}: ${listed(first.map((sign) => how[sign]))}`, evidence].filter(Boolean).join("; ");
  const figures = { load, unit, rate, second: after.from, p99Before: p99, p99After: after.p99, first: first.join(" ") };
  return [finding(words, { found: "yes", ...figures })];
}

/** The rise to the highest load, in steps. */
function stepsOf(plan: Plan, series: readonly Point[]): { readonly steps: readonly Step[]; readonly most: number } {
  const loadAt = loadsOf(plan);
  const points = measured({ plan, series })
    .map((point) => ({ ...point, load: loadAt(point) }))
    .filter(({ load }) => load > 0);
  const most = Math.max(0, ...points.map(({ load }) => load));
  const rise = points.slice(0, points.findLastIndex(({ load }) => load >= 0.98 * most) + 1);
  const steps = pieces(rise, STEPS).map((points) => {
    const median = (of: (point: (typeof points)[number]) => number) => medianOf(points.map(of));
    return {
      from: points[0]?.second ?? 0,
      second: points.at(-1)?.second ?? 0,
      load: median(({ load }) => load),
      good: median(({ rate, failureRate }) => rate - failureRate),
      failed: median(({ rate, failureRate, waiting }) => (rate > 0 ? failureRate / rate : waiting > 0 ? 1 : 0)),
      p99: median(({ p99 }) => p99),
    };
  });
  return { steps, most };
}

/** Where the line through steps meets a height, or theirs at last if that is more; the last if there is no such line. */
function meeting(steps: readonly Step[], flat: number, last: Step): { load: number; good: number } {
  const line = slopeOf(steps.map(({ load, good }) => [load, good]));
  if (!line || line.slope <= 0) return last;
  const base = medianOf(steps.map(({ load, good }) => good - line.slope * load));
  const good = Math.max(flat, medianOf(steps.slice(-ON_END).map(({ good }) => good)));
  return { load: Math.max(0, (good - base) / line.slope), good };
}

const finding = (words: string, figures: Finding["figures"]): Finding => ({ kind: "knee", words, figures });
