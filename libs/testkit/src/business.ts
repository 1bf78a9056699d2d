import { type Business, createBusiness } from "@boutique/telemetry/business";
import { createMetrics, type Metrics } from "@boutique/telemetry/metrics";

/** A line that was written, as it would stand in the log. */
export type Line = Readonly<Record<string, unknown>>;

/** The business of a service under test. */
export interface RecordedBusiness {
  readonly business: Business;
  /** Where its metrics are, and others may be. */
  readonly registry: Metrics;
  /** The lines written so far under a name, oldest first. */
  lines(event: string): Line[];
  /** Lets time pass, in milliseconds, and wakes up whoever waited for it. */
  pass(milliseconds: number): void;
  /** What Prometheus would read. */
  metrics(): Promise<string>;
}

/** A real business that writes to a list, by a clock that is moved by hand. */
export function recordBusiness(): RecordedBusiness {
  const metrics = createMetrics();
  const written: Line[] = [];
  const write = (fields: object, message: string) => void written.push({ ...fields, message });
  let now = Date.UTC(2026, 0, 1);
  const alarms = new Set<{ readonly at: number; readonly work: () => void }>();
  const clock = {
    now: () => now,
    after(milliseconds: number, work: () => void) {
      const alarm = { at: now + milliseconds, work };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
  };
  return {
    business: createBusiness({
      log: { info: write, debug: write, isLevelEnabled: () => true },
      metrics,
      key: "a key of tests",
      clock,
    }),
    registry: metrics,
    lines: (event) => written.filter((line) => line.event === event),
    pass(milliseconds) {
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
    metrics: async () => (await metrics.exposition()).text,
  };
}
