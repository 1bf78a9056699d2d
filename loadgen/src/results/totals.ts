import type { Interval } from "../load/interval.ts";
import type { Plan } from "../plan/plan.ts";
import type { StageSummary, Summary } from "./result.ts";
import { spanAt, spansOf } from "./stages.ts";
import { type Row, rowOf, summaryOf } from "./summary.ts";
import { addTo, createTally, type Tally } from "./tally.ts";

/** What is counted over the whole of a run: all together, by route, and by stage. The warm-up is kept apart. */
export interface Totals {
  /** Adds an interval; gives the tally of all its routes. */
  add(interval: Interval): Tally;
  /** Rows for a look at it after so many seconds: of the warm-up while that lasts. */
  rows(second: number): { readonly total: Row; readonly routes: readonly Row[] };
  /** The same for good, without the warm-up. */
  summaries(second: number): { readonly total: Summary; readonly routes: readonly Summary[] };
  /** The stages that were reached; each has the most users that were there at once. */
  stages(second: number, usersIn: (from: number, to: number) => number): readonly StageSummary[];
}

/** The name of all routes together, as Locust has it. */
export const AGGREGATED = "Aggregated";

interface Route {
  readonly method: string;
  readonly name: string;
  readonly tally: Tally;
}

/** Creates empty totals for a plan. Rates are per second of the common clock, however many workers there are. */
export function createTotals(plan: Plan): Totals {
  const spans = spansOf(plan);
  const planned = spans.at(-1)?.to ?? 0;
  const counted = { warm: createCount(), measured: createCount() };
  const stages = new Map<string, Tally>();
  // What is answered after the plan's end was asked before it.
  const ended = (second: number) => Math.min(second, planned);
  const secondsAt = (second: number) => Math.max(0, ended(second) - plan.warmUp);

  return {
    add(interval) {
      // An interval belongs to where its middle is: clocks are never quite in step.
      const middle = interval.second - interval.length / 2;
      const warm = middle < plan.warmUp;
      const { total, at } = warm ? counted.warm : counted.measured;
      const moment = createTally();
      for (const route of interval.routes) {
        addTo(at(route.method, route.name), route);
        addTo(moment, route);
      }
      addTo(total, moment);
      const span = spanAt(spans, middle);
      if (span && !warm) addTo(tallyIn(stages, String(span.from)), moment);
      return moment;
    },
    rows(second) {
      const warm = second <= plan.warmUp;
      const { total, routes } = warm ? counted.warm : counted.measured;
      const seconds = warm ? second : secondsAt(second);
      return {
        total: rowOf(total, "", AGGREGATED, seconds),
        routes: routes().map(({ tally, method, name }) => rowOf(tally, method, name, seconds)),
      };
    },
    summaries(second) {
      const { total, routes } = counted.measured;
      const seconds = secondsAt(second);
      return {
        total: summaryOf(total, "", AGGREGATED, seconds),
        routes: routes().map(({ tally, method, name }) => summaryOf(tally, method, name, seconds)),
      };
    },
    stages: (second, usersIn) =>
      spans.flatMap(({ name, from, to: end }) => {
        const to = Math.min(end, second);
        const measuredFrom = Math.max(from, plan.warmUp);
        if (to <= measuredFrom) return [];
        const summary = summaryOf(stages.get(String(from)) ?? createTally(), "", AGGREGATED, to - measuredFrom);
        return [{ ...summary, stage: name, from, to, users: usersIn(from, to) }];
      }),
  };
}

function createCount() {
  const routes = new Map<string, Route>();
  return {
    total: createTally(),
    at(method: string, name: string) {
      const key = JSON.stringify([method, name]);
      const route = routes.get(key) ?? { method, name, tally: createTally() };
      routes.set(key, route);
      return route.tally;
    },
    routes: () => [...routes.values()].toSorted((a, b) => compare(a.name, b.name) || compare(a.method, b.method)),
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

function tallyIn(tallies: Map<string, Tally>, key: string): Tally {
  const tally = tallies.get(key) ?? createTally();
  tallies.set(key, tally);
  return tally;
}
