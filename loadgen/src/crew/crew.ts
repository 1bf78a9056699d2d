import type { Interval } from "../load/interval.ts";
import type { Plan } from "../plan/plan.ts";

/** What is to be done. */
export interface Order {
  readonly plan: Plan;
  /** The shop: a URL without a path of a page, such as "http://127.0.0.1:8080". */
  readonly host: string;
}

/** A worker's part of an order. */
export interface Share extends Order {
  readonly worker: string;
  /** Of so many workers it is this one, from 0. Together they make exactly the plan's users or arrivals. */
  readonly index: number;
  readonly of: number;
  /** The common start, in milliseconds since the epoch by the worker's own clock. */
  readonly startAt: number;
}

/** Work under way. */
export interface Work {
  /** Resolves when all of it is over: the plan's end, or after a stop. Rejects when it cannot go on. */
  readonly done: Promise<void>;
  /** Ends it early: what was begun is finished (for some seconds at most) and told. */
  stop(): void;
}

export interface CrewListener {
  interval(interval: Interval): void;
  /** Something that whoever reads the result must know: a worker that was lost, a clock that cannot be trusted. */
  flaw(words: string): void;
}

/** A worker, as the manifest names it. */
export interface Member {
  readonly worker: string;
  readonly machine: string;
  /** By how many milliseconds its clock is ahead of ours, and how sure that is (half the round trip). */
  readonly clock?: { readonly ahead: number; readonly within: number };
}

/** Whoever works on orders: this process, processes of this machine, or of many. One order at a time. */
export interface Crew {
  /** Those who work now. */
  members(): readonly Member[];
  /** Begins an order, once enough are there; rejects when it is called off before that. */
  begin(order: Order, listener: CrewListener, calledOff?: AbortSignal): Promise<Work & { readonly startAt: number }>;
  close(): Promise<void>;
}
