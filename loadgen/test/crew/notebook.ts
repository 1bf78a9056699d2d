import type { CrewListener } from "../../src/crew/crew.ts";
import type { Interval } from "../../src/load/interval.ts";

/** Writes down what is told of a run. */
export function createNotebook() {
  const intervals: Interval[] = [];
  const flaws: string[] = [];
  const listener: CrewListener = {
    interval: (interval) => void intervals.push(interval),
    flaw: (words) => void flaws.push(words),
  };
  const requestsOf = (some: readonly Interval[]) =>
    some.flatMap(({ routes }) => routes).reduce((sum, { ok, failed }) => sum + ok.totalCount + failed.totalCount, 0);
  return {
    ...listener,
    intervals,
    flaws,
    /** Of all, or of one worker. */
    requests: (worker?: string) =>
      requestsOf(intervals.filter((interval) => worker === undefined || interval.worker === worker)),
    byWorker: (): Record<string, readonly Interval[]> =>
      Object.groupBy(intervals, ({ worker }) => worker) as Record<string, readonly Interval[]>,
  };
}
