import { currentContext } from "@boutique/rpc/context";
import { type Clock, machineClock } from "./clock.ts";
import type { Distribution } from "./distribution.ts";
import { type Fields, type Values, written } from "./fields.ts";
import type { Metrics } from "./metrics.ts";
import type { Series } from "./series.ts";
import {
  createPurse,
  createRanking,
  createTally,
  MOST_CURRENCIES,
  type Purse,
  type Ranking,
  type Reported,
  type Tally,
  type Windowed,
} from "./tally.ts";
import { currentTraffic, syntheticLabel } from "./traffic.ts";
import { openWindow } from "./window.ts";

/** Where events are written. */
export interface EventLog {
  info(fields: object, words: string): void;
  debug(fields: object, words: string): void;
  isLevelEnabled(level: string): boolean;
}

/** An event or a report as it is declared; docs/events.md is made of these. */
export interface EventDeclaration {
  readonly name: string;
  readonly schema: number;
  readonly about: string;
  readonly level: "info" | "debug";
  readonly fields: Readonly<Record<string, { readonly about: string; readonly kind: string }>>;
  readonly atMostEvery?: number;
  /** When a report is written; an event is written when it happens. */
  readonly window?: { readonly every: number; readonly events?: number };
}

export interface BusinessOptions {
  readonly log: EventLog;
  readonly metrics: Metrics;
  /** What ids of shoppers are hashed with. */
  readonly key: string;
  readonly clock?: Clock;
}

interface EventOptions {
  /** Debug for what happens at about every request. */
  readonly level?: "info" | "debug";
  /** Goes up with each change of the fields that is more than an addition. */
  readonly schema?: number;
  /** At most one line in so many milliseconds, for what a fault may bring in masses; the next says how many it omits. */
  readonly atMostEvery?: number;
}

interface ReportOptions {
  /** The length of a window in milliseconds. */
  readonly every: number;
  /** A window ends early once so many were counted by the tallies `of`. */
  readonly events?: number;
  readonly of?: readonly Tally[];
}

interface TallyOptions {
  /** The most combinations of label values that Prometheus is shown; what comes beyond is counted as "other". */
  readonly most?: number;
  /** For a name that dashboards know and that does not say, by "_total", that it is a counter's. */
  readonly untyped?: boolean;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** Says what business is done: by events, by reports over windows of time, and by metrics of the same figures. */
export interface Business {
  /** Counts, for a report and for Prometheus at once. */
  tally(name: string, help: string, labels?: readonly string[], options?: TallyOptions): Tally;
  /** Adds up amounts by currency. */
  purse(name: string, help: string): Purse;
  /** Adds up amounts of US dollars. */
  dollars(name: string, help: string): Purse;
  /** Counts names of which there may be any number, for a report alone. */
  ranking(about: string): Ranking;
  /** How values are distributed, for Prometheus alone. */
  histogram(name: string, help: string, buckets: readonly number[]): (value: number) => void;
  /** Reads a figure whenever Prometheus asks for it. */
  reading(name: string, help: string, read: () => number | Promise<number>): void;
  /** An event: to be called with its fields each time that it happens. */
  event<F extends Fields>(name: string, about: string, fields: F, options?: EventOptions): (values: Values<F>) => void;
  /** A report of what was counted, at the end of each window in which there was anything; one for each traffic. */
  report(name: string, about: string, options: ReportOptions, fields: Readonly<Record<string, Reported>>): void;
  /** Says something of the request being served, on its span. */
  note(attributes: Readonly<Record<string, string | number | boolean>>): void;
  /** Says on that span how far the request has come. */
  step(name: string): void;
  /** Ends the windows now, as a stop does. */
  flush(): void;
  readonly declared: readonly EventDeclaration[];
}

/** The business side of one service. */
export function createBusiness({ log, metrics, key, clock = machineClock }: BusinessOptions): Business {
  const declared: EventDeclaration[] = [];
  const windowed: Windowed[] = [];
  const waiting = new Map<Tally, (count: number) => void>();
  const flushes: ((reason: "stop") => void)[] = [];

  const tally: Business["tally"] = (name, help, labels = [], options) => {
    const kind = options?.untyped ? "untyped" : "counter";
    const cells = metrics[kind](name, help, [...labels, "synthetic"], { ...options, kept: 1 });
    const own: Tally = createTally(help, labels, cells, currentTraffic, (count) => waiting.get(own)?.(count));
    windowed.push(own);
    return own;
  };

  const purse = (help: string, sum: Tally, labelled: boolean): Purse => {
    const own = createPurse(help, sum, currentTraffic, labelled);
    windowed.push(own);
    return own;
  };

  const report: Business["report"] = (name, about, { every, events, of = [] }, fields) => {
    // All figures of a service are of one window.
    if (flushes.length > 0) throw new Error(`${name} would be a second report`);
    const declaration = {
      name,
      schema: 1,
      about,
      level: "info",
      window: { every, ...(events && { events }) },
    } as const;
    declared.push({ ...declaration, fields });
    const { count, flush } = openWindow({ ...declaration, fields, windowed }, log, clock);
    for (const figure of of) waiting.set(figure, count);
    flushes.push(flush);
  };

  return {
    declared,
    tally,
    report,

    // For each currency there are two traffics.
    purse: (name, help) => purse(help, tally(name, help, ["currency"], { most: 2 * MOST_CURRENCIES }), true),
    dollars: (name, help) => purse(help, tally(name, help), false),

    ranking(about) {
      const own = createRanking(about, currentTraffic);
      windowed.push(own);
      return own;
    },

    histogram(name, help, buckets) {
      const cells: Series<Distribution> = metrics.histogram(name, help, buckets, ["synthetic"]);
      return (value) => cells.at(syntheticLabel(currentTraffic())).observe(value);
    },

    reading: (name, help, read) => metrics.reading(name, help, [], async () => [[await read()]]),

    event(name, about, fields, { level = "info", schema = 1, atMostEvery = 0 } = {}) {
      declared.push({ name, schema, about, level, fields, ...(atMostEvery && { atMostEvery }) });
      const isWritten = log.isLevelEnabled(level);
      let quietUntil = 0;
      let omitted = 0;
      return (values) => {
        const span = currentContext()?.span;
        if (!isWritten && !span) return;
        const kept = written(fields, values, key);
        span?.event(name, kept);
        if (clock.now() < quietUntil) {
          omitted += 1;
          return;
        }
        const synthetic = currentTraffic() === "synthetic" && { synthetic: true };
        log[level]({ event: name, schema, ...synthetic, ...kept, ...(omitted > 0 && { omitted }) }, about);
        quietUntil = clock.now() + atMostEvery;
        omitted = 0;
      };
    },

    note: (attributes) => currentContext()?.span?.set(attributes),
    step: (name) => currentContext()?.span?.event(name),

    flush: () => {
      for (const flush of flushes) flush("stop");
    },
  };
}
