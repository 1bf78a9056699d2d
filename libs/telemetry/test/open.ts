import type { Context } from "@boutique/contract/proto";
import { withContext } from "@boutique/rpc/context";
import { createBusiness } from "../src/business.ts";
import { createMetrics } from "../src/metrics.ts";

/** A line that was written, as it would stand in the log. */
export type Line = Readonly<Record<string, unknown>>;

/** A clock that is moved by hand. */
export function createHandClock() {
  let now = Date.UTC(2026, 0, 1);
  const alarms = new Set<{ readonly at: number; readonly work: () => void }>();
  return {
    now: () => now,
    after(milliseconds: number, work: () => void) {
      const alarm = { at: now + milliseconds, work };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    /** Lets time pass, and wakes up whoever waited for it, each at its time. */
    pass(milliseconds: number) {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...alarms].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
        if (!next) break;
        now = next.at;
        alarms.delete(next);
        next.work();
      }
      now = end;
    },
  };
}

/** A business whose lines, metrics and time a test has in its hands. */
export function openBusiness(key = "a key of tests") {
  const metrics = createMetrics();
  const clock = createHandClock();
  const written: (Line & { readonly level: string })[] = [];
  const write = (level: string) => (fields: object, message: string) =>
    void written.push({ ...fields, level, message });
  const log = { info: write("info"), debug: write("debug"), isLevelEnabled: () => true };
  return {
    business: createBusiness({ log, metrics, key, clock }),
    metrics,
    pass: clock.pass,
    /** The lines of an event so far, without what every line has. */
    lines: (event: string): Line[] => written.filter((line) => line.event === event),
    exposed: async () => (await metrics.exposition()).text.split("\n"),
  };
}

const quiet = { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal, trace: {} };

/** Does something as part of serving a request that has these headers and this span. */
export const serving = <T>(request: Partial<Context>, work: () => T): T => withContext({ ...quiet, ...request }, work);

/** Does something for a load generator, which says that it is one. */
export const synthetically = <T>(work: () => T): T => serving({ trace: { baggage: "synthetic_request=true" } }, work);

/** Money as messages have it. */
export const money = (currencyCode: string, units: string | number, nanos = 0) => ({
  currencyCode,
  units: String(units),
  nanos,
});
