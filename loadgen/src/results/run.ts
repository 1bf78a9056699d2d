import { createSelfWatch } from "./busy.ts";
import type { Member } from "../crew/crew.ts";
import { createErrors } from "./errors.ts";
import { find } from "../findings/findings.ts";
import { historyOf } from "./history.ts";
import type { Interval } from "../load/interval.ts";
import type { Manifest, Result, ShopPoint } from "./result.ts";
import { createSeries } from "./series.ts";
import { createShopPoints } from "./shop-points.ts";
import type { Snapshot } from "./snapshot.ts";
import { duration } from "./spoken.ts";
import { spanAt, spansOf } from "./stages.ts";
import { mustStop } from "./stop-when.ts";
import { addTo, createTally, judgedLatency } from "./tally.ts";
import { createTotals } from "./totals.ts";
import { judge } from "./verdict.ts";

/** What is known when a run begins; the rest of the manifest is told at its end. */
export type Opening = Pick<Manifest, "plan" | "host" | "startedAt" | "versions" | "machine" | "command">;

export type { Snapshot };

/** A run under way: what its workers tell is added to it, and it can be looked at meanwhile. */
export interface Run {
  add(interval: Interval): void;
  /** Something that makes the result doubtful, in words; it will be called invalid. */
  flaw(words: string): void;
  /** What the services of the shop said of themselves. */
  observe(points: readonly ShopPoint[]): void;
  /** Whether one of the plan's reasons to end early has held for long enough. */
  shouldStop(): boolean;
  snapshot(): Snapshot;
  /** The result, after so many seconds. */
  result(ended: Manifest["ended"], seconds: number, members: readonly Member[]): Result;
}

/** The most points of a series, so that hours need no more memory than minutes. */
const MOST_POINTS = 1_200;
/** "Now" is so many seconds long: one alone says more of chance than of the shop. */
const NOW = 10;

/** Opens a run. If it is known how many workers there are, no second is final before all have told of it. */
export function openRun(opening: Opening, workers = 1): Run {
  const { plan } = opening;
  const spans = spansOf(plan);
  const totals = createTotals(plan);
  const series = createSeries({ most: MOST_POINTS, beyond: "merge", workers });
  const recent = createSeries({ most: Math.max(60, 2 * (plan.stopWhen?.for ?? 0)), beyond: "forget", workers });
  const errors = createErrors();
  const shop = createShopPoints();
  const selfWatch = createSelfWatch(plan);
  const told = new Map<string, number>();
  const flaws = new Set<string>();
  const seconds = () => Math.max(0, ...told.values());

  return {
    add(interval) {
      told.set(interval.worker, Math.max(interval.second, told.get(interval.worker) ?? 0));
      const tally = createTally(2);
      addTo(tally, totals.add(interval));
      series.add(interval, tally);
      recent.add(interval, tally);
      selfWatch.add(interval);
      if (interval.second - interval.length / 2 >= plan.warmUp) for (const route of interval.routes) errors.add(route);
    },
    flaw: (words) => void flaws.add(words),
    observe: (points) => shop.add(points),
    shouldStop: () => mustStop(plan, recent.points()),

    snapshot() {
      const second = seconds();
      const last = recent.points(true);
      const lately = recent.points().slice(-NOW);
      const mean = (of: "rate" | "failureRate") =>
        lately.reduce((sum, point) => sum + point[of], 0) / lately.length || 0;
      const { users = 0, waiting = 0, self = { cpu: 0, machine: 0, loopP99: 0, lateP99: 0, rss: 0 } } = last.at(-1) ?? {};
      return {
        seconds: second,
        warmingUp: second <= plan.warmUp,
        stage: spanAt(spans, second)?.name ?? "",
        users,
        waiting,
        now: {
          rate: mean("rate"),
          failureRate: mean("failureRate"),
          ...judgedLatency(recent.since((lately[0]?.second ?? 0) - 1)),
        },
        ...totals.rows(second),
        errors: errors.all(),
        series: series.points(),
        self,
        workers: [...told.keys()],
        flaws: [...flaws, ...selfWatch.flaws()],
        shop: shop.all(),
      };
    },

    result(ended, ran, members) {
      const second = seconds();
      const points = series.points(true);
      const usersIn = (from: number, to: number) =>
        Math.max(0, ...points.filter(({ second }) => second > from && second <= to).map(({ users }) => users));
      const { total, routes } = totals.summaries(second);
      const stages = totals.stages(second, usersIn);
      const silent = members.filter(({ worker }) => !told.has(worker));
      const doubts = [
        ...flaws,
        ...silent.map(({ worker }) => `worker ${worker} never told anything: what it did is missing`),
        ...selfWatch.flaws(),
        ...(total.requests > 0 ? [] : [nothingMeasured(plan.warmUp, second)]),
      ];
      const observed = shop.all();
      return {
        format: 1,
        manifest: { ...opening, seconds: ran, ended, workers: members },
        total,
        routes,
        stages,
        series: points,
        errors: errors.all(),
        findings: find({ plan, series: points, stages, shop: observed }),
        verdict: judge(plan.objectives, total),
        valid: doubts.length === 0,
        flaws: doubts,
        history: historyOf(series.tallies()),
        ...(observed.length > 0 && { shop: observed }),
      };
    },
  };
}

const nothingMeasured = (warmUp: number, seconds: number) =>
  seconds <= warmUp
    ? `it ended within its warm-up of ${duration(warmUp)}: nothing was measured`
    : "no request was answered or failed: nothing was measured";
