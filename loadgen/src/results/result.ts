import type { Member } from "../crew/crew.ts";
import type { Plan } from "../plan/plan.ts";

/** What became of a run: all that a report shows, as plain JSON. Latencies are milliseconds, times seconds. */
export interface Result {
  readonly format: 1;
  readonly manifest: Manifest;
  /** All routes together, without the warm-up. */
  readonly total: Summary;
  readonly routes: readonly Summary[];
  readonly stages: readonly StageSummary[];
  /** Over the whole of the run, warm-up included; at most 1,200 points. */
  readonly series: readonly Point[];
  readonly errors: readonly { method: string; name: string; words: string; count: number }[];
  readonly findings: readonly Finding[];
  readonly verdict: readonly Judgement[];
  /** Whether what was measured is the shop, and if not why: the generator was busy, a worker was lost. */
  readonly valid: boolean;
  readonly flaws: readonly string[];
  /** What the shop's own metrics said meanwhile, if they were asked. */
  readonly shop?: readonly ShopPoint[];
  /** For each point of the series what Locust's history tells besides. */
  readonly history?: readonly Moment[];
}

/** The percentiles of a point by name, and what there was in all since the start, warm-up included. */
export interface Moment {
  readonly percentiles: Summary["percentiles"];
  readonly sofar: Pick<Summary, "requests" | "failures" | "average" | "min" | "max" | "bytes"> & {
    readonly p50: number;
  };
}

/** What a run was: enough to do it again. */
export interface Manifest {
  readonly plan: Plan;
  readonly host: string;
  /** RFC 3339. */
  readonly startedAt: string;
  /** How long it ran. */
  readonly seconds: number;
  readonly ended: "plan" | "stopped" | "stopWhen";
  readonly versions: { readonly loadgen: string; readonly node: string; readonly shop?: string };
  readonly machine: { readonly name: string; readonly cpu: string; readonly cores: number; readonly memoryGiB: number };
  readonly workers: readonly Member[];
  readonly command: string;
}

export interface Summary {
  readonly method: string;
  readonly name: string;
  readonly requests: number;
  readonly failures: number;
  /** Per second. */
  readonly rate: number;
  readonly failureRate: number;
  /** Bytes of a body on average. */
  readonly bytes: number;
  readonly average: number;
  readonly min: number;
  readonly max: number;
  /** By percentile as Locust names them: "50", "66", … "99.99", "100". */
  readonly percentiles: Readonly<Record<string, number>>;
  /** The same of those that went well alone: fast failures make no shop fast. */
  readonly ok: { readonly p50: number; readonly p95: number; readonly p99: number };
  /** All latencies, as HdrHistogram writes them (compressed, base 64): results can be merged. */
  readonly histogram: string;
}

export interface StageSummary extends Summary {
  readonly stage: string;
  readonly from: number;
  readonly to: number;
  readonly users: number;
}

/** A moment of a run. */
export interface Point {
  readonly second: number;
  readonly users: number;
  readonly rate: number;
  readonly failureRate: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly waiting: number;
  /** The busiest worker's. */
  readonly self: {
    readonly cpu: number;
    /** All cores of its machine, 0 to 1. */
    readonly machine: number;
    readonly loopP99: number;
    readonly lateP99: number;
    readonly rss: number;
  };
}

/** Something that was found: in words for people, in figures for programs. */
export interface Finding {
  readonly kind: Plan["find"][number];
  readonly words: string;
  readonly figures: Readonly<Record<string, number | string>>;
}

/** An objective and what became of it. */
export interface Judgement {
  readonly objective: string;
  readonly limit: number;
  readonly actual: number;
  readonly met: boolean;
}

/** What one service said of itself: CPU in cores, memory in MiB, event loop in milliseconds. */
export interface ShopPoint {
  readonly second: number;
  readonly service: string;
  readonly cpu: number;
  readonly rss: number;
  readonly loopP99: number;
  /** Calls in progress. */
  readonly inFlight: number;
}
