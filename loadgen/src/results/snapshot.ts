import type { Point, Result, ShopPoint } from "./result.ts";
import type { Row } from "./summary.ts";

/** A run as it is now. Latencies are milliseconds, times seconds, rates per second. */
export interface Snapshot {
  /** Since the common start: the last second that anybody told of. */
  readonly seconds: number;
  /** The warm-up is not over: the totals are its own and begin again at 0 after it. */
  readonly warmingUp: boolean;
  /** The stage of the plan. */
  readonly stage: string;
  readonly users: number;
  readonly waiting: number;
  /** Of the last 10 s or so. */
  readonly now: Pick<Point, "rate" | "failureRate" | "p50" | "p95" | "p99">;
  readonly total: Row;
  /** In the order of method and name. */
  readonly routes: readonly Row[];
  /** The most frequent first. */
  readonly errors: Result["errors"];
  readonly series: readonly Point[];
  /** Of the busiest worker, at last. */
  readonly self: Point["self"];
  readonly workers: readonly string[];
  /** What is doubtful so far. */
  readonly flaws: readonly string[];
  readonly shop: readonly ShopPoint[];
}
