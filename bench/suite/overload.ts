import { createOwnCrew } from "@boutique/loadgen/load/alone";
import type { Interval } from "@boutique/loadgen/load/interval";
import { readPlan } from "@boutique/loadgen/plan/plan-file";
import { addTo, createTally } from "@boutique/loadgen/results/tally";
import { REQUESTS_PER_TASK } from "./rates.ts";

/** One part of a load: requests a second, and milliseconds of those that were served. */
export interface Part {
  readonly name: string;
  readonly offered: number;
  /** Served well. */
  readonly goodput: number;
  /** Answered by a page that asks to come again. */
  readonly refused: number;
  readonly failed: number;
  /** How often for which reason, refusals included, most often first. */
  readonly errors: Readonly<Record<string, number>>;
  readonly p50: number;
  readonly p99: number;
  /** Of the load generator: cores that it took, and how late it was, milliseconds, in 99 of 100 cases of its worst second. */
  readonly generator: number;
  readonly late: number;
}

/** What became of a shop that was asked for what it can serve, for more, and again for what it can serve. */
export interface Course {
  readonly capacity: number;
  readonly parts: readonly Part[];
  /** From the end of the rush until for three seconds on end all were served, 99 of 100 in time; undefined if never. */
  readonly secondsToNormal: number | undefined;
}

interface Rush {
  /** Requests a second. */
  readonly capacity: number;
  readonly times: number;
  /** How long each part lasts. */
  readonly seconds: number;
}

const IN_TIME_MS = 400;
const CALM_S = 3;

/** Sends the mix of the original's load, whoever still waits: what the shop can serve, so many times that, and as before. */
export async function driveOver(host: string, { capacity, times, seconds }: Rush): Promise<Course> {
  const rates = [capacity, times * capacity, capacity];
  const names = ["before", "rush", "after"];
  const stages = rates.flatMap((rate, part) => {
    const level = { name: names[part], rate: rate / REQUESTS_PER_TASK };
    return [
      { ...level, over: "0s" },
      { ...level, over: `${seconds}s` },
    ];
  });
  const intervals: Interval[] = [];
  const crew = createOwnCrew();
  const plan = readPlan({ about: "a rush", stages, checks: "status", timeout: "5s" }, "overload");
  const work = await crew.begin({ plan, host }, { interval: (one) => intervals.push(one), flaw: console.error });
  await work.done;
  await crew.close();
  const between = (from: number, to: number) => intervals.filter(({ second }) => second > from && second <= to);
  return {
    capacity,
    parts: names.map((name, part) => ({
      name,
      offered: rates[part] ?? 0,
      ...figuresOf(between(part * seconds, (part + 1) * seconds)),
    })),
    secondsToNormal: calmAfter(between(2 * seconds, 3 * seconds), 2 * seconds),
  };
}

function figuresOf(intervals: readonly Interval[]): Omit<Part, "name" | "offered"> {
  const tally = createTally();
  const errors = new Map<string, number>();
  for (const route of intervals.flatMap(({ routes }) => routes)) {
    addTo(tally, route);
    for (const [words, times] of Object.entries(route.errors)) errors.set(words, (errors.get(words) ?? 0) + times);
  }
  const refused = [...errors].reduce((sum, [words, times]) => sum + (words.startsWith("503") ? times : 0), 0);
  const seconds = intervals.reduce((sum, { length }) => sum + length, 0);
  const { ok, failed } = tally;
  return {
    goodput: ok.totalCount / seconds,
    refused: refused / seconds,
    failed: (failed.totalCount - refused) / seconds,
    errors: Object.fromEntries([...errors].toSorted(([, one], [, other]) => other - one)),
    p50: ok.getValueAtPercentile(50) / 1_000,
    p99: ok.getValueAtPercentile(99) / 1_000,
    generator: intervals.reduce((sum, { self }) => sum + self.cpu, 0) / intervals.length,
    late: Math.max(0, ...intervals.map(({ self }) => self.lateP99)),
  };
}

/** The seconds from a moment to the first of three on end that are as they should be. */
function calmAfter(intervals: readonly Interval[], moment: number): number | undefined {
  const calm = intervals.map((interval) => {
    const { refused, failed, p99 } = figuresOf([interval]);
    return refused + failed === 0 && p99 < IN_TIME_MS;
  });
  const first = calm.findIndex((_, at) => calm.slice(at, at + CALM_S).filter(Boolean).length === CALM_S);
  const before = intervals[first - 1];
  return first < 0 ? undefined : Math.max(0, (before?.second ?? moment) - moment);
}
