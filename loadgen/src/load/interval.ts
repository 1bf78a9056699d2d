import type { Histogram } from "hdr-histogram-js";

/** What one worker did in about a second. Everything in it is counted from the end of the last one. */
export interface Interval {
  /** Its name: of the process, unique among those that work together. */
  readonly worker: string;
  /** Seconds since the common start, at the end of the interval. */
  readonly second: number;
  /** How long it was, seconds. */
  readonly length: number;
  /** Shoppers there are now. */
  readonly users: number;
  /** Requests that have no answer yet. */
  readonly waiting: number;
  readonly routes: readonly RouteFigures[];
  readonly self: SelfFigures;
}

/** The requests of one route that were answered, or failed, in an interval. */
export interface RouteFigures {
  readonly method: string;
  /** Its name: the path with what varies left out, such as "/product/[id]". */
  readonly name: string;
  /** Latencies in whole microseconds: of those that went well, and of those that did not. */
  readonly ok: Histogram;
  readonly failed: Histogram;
  /** Bytes of bodies received. */
  readonly bytes: number;
  /** What went wrong, in words, and how often. */
  readonly errors: Readonly<Record<string, number>>;
}

/** How the load generator itself is doing: one that is busy measures itself. */
export interface SelfFigures {
  /** Of one core, 0 to 1 (and more, with threads of the runtime). */
  readonly cpu: number;
  /** How busy all cores of its machine were, whoever kept them so: 0 to 1. */
  readonly machine: number;
  /** How late the event loop was, milliseconds: 99 of 100 times less than this, and at worst. */
  readonly loopP99: number;
  readonly loopMax: number;
  /** How late requests were sent after they were due, milliseconds, in 99 of 100 cases. */
  readonly lateP99: number;
  /** Memory, MiB. */
  readonly rss: number;
}
