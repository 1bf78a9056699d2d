import { build } from "hdr-histogram-js";
import type { Interval, RouteFigures, SelfFigures } from "../src/load/interval.ts";
import type { Plan } from "../src/plan/plan.ts";
import type { Opening } from "../src/results/run.ts";

/** A plan with what a test does not care about filled in. */
export const planWith = (changes: Partial<Plan> = {}): Plan => ({
  name: "trial",
  about: "For tests.",
  profile: "original",
  model: "users",
  stages: [{ name: "hold", to: 10, over: 60 }],
  wait: [1, 10],
  warmUp: 0,
  objectives: {},
  find: [],
  seed: 1,
  ...changes,
});

/** The opening of a run of such a plan. */
export const openingWith = (changes: Partial<Plan> = {}): Opening => ({
  plan: planWith(changes),
  host: "http://127.0.0.1:8080",
  startedAt: "2026-01-02T03:04:05.000Z",
  versions: { loadgen: "1.0.0", node: "24.0.0" },
  machine: { name: "bench-1", cpu: "Some CPU at 2.50GHz", cores: 4, memoryGiB: 16 },
  command: "npm run load",
});

/** Those who took part, by name. */
export const membersOf = (...workers: string[]) => workers.map((worker) => ({ worker, machine: "bench-1" }));

interface Answers {
  readonly method?: string;
  readonly name?: string;
  /** Latencies in milliseconds. */
  readonly ok?: readonly number[];
  readonly failed?: readonly number[];
  readonly errors?: Readonly<Record<string, number>>;
}

/** What a route did, from latencies in milliseconds. */
export function routeWith({ method = "GET", name = "/", ok = [], failed = [], errors = {} }: Answers): RouteFigures {
  const histogramOf = (values: readonly number[]) => {
    const histogram = build({ numberOfSignificantValueDigits: 3 });
    for (const value of values) histogram.recordValue(Math.round(value * 1_000));
    return histogram;
  };
  return { method, name, ok: histogramOf(ok), failed: histogramOf(failed), bytes: 1_000 * ok.length, errors };
}

const quiet: SelfFigures = { cpu: 0.2, machine: 0.3, loopP99: 3, loopMax: 9, lateP99: 1, rss: 120 };

/** A second of one worker that has nothing to complain of. */
export const intervalWith = (
  second: number,
  routes: readonly RouteFigures[],
  changes: Partial<Omit<Interval, "self">> & { readonly self?: Partial<SelfFigures> } = {},
): Interval => ({
  worker: "w1",
  second,
  length: 1,
  users: 10,
  waiting: 0,
  routes,
  ...changes,
  self: { ...quiet, ...changes.self },
});

/** Numbers between 0 and 1 that look random and are the same each time. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
