import { build, type Histogram } from "hdr-histogram-js";
import { distributionOf } from "./distribution.ts";
import type { RouteFigures } from "../load/interval.ts";

/** Requests counted together: of a route, of a stage, of a second. Latencies in whole microseconds. */
export interface Tally {
  readonly ok: Histogram;
  readonly failed: Histogram;
  bytes: number;
  least: number;
  most: number;
}

type Counted = Pick<RouteFigures, "ok" | "failed" | "bytes">;

/** An empty tally, whose latencies are true to so many digits: 3 take 60 KB, 2 take 8. */
export const createTally = (digits: 2 | 3 = 3): Tally => ({
  ok: build({ numberOfSignificantValueDigits: digits }),
  failed: build({ numberOfSignificantValueDigits: digits }),
  bytes: 0,
  least: Number.POSITIVE_INFINITY,
  most: 0,
});

/** Adds what was counted elsewhere: counts of latencies, never percentiles, which cannot be added or averaged. */
export function addTo(tally: Tally, more: Counted & { readonly most?: number; readonly least?: number }): void {
  for (const [sum, part] of [
    [tally.ok, more.ok],
    [tally.failed, more.failed],
  ] as const) {
    if (part.totalCount === 0) continue;
    sum.add(part);
    // A histogram that is added to one of another size rounds its extremes; these are kept as they were.
    tally.least = Math.min(tally.least, more.least ?? part.minNonZeroValue);
    tally.most = Math.max(tally.most, more.most ?? part.maxValue);
  }
  tally.bytes += more.bytes;
}

/** How many requests were answered or failed. */
export const requestsIn = ({ ok, failed }: Counted): number => ok.totalCount + failed.totalCount;

/** All latencies of a tally, whether it went well or not. */
export function allOf({ ok, failed }: Tally): Histogram {
  if (failed.totalCount === 0) return ok;
  if (ok.totalCount === 0) return failed;
  const digits = ok.numberOfSignificantValueDigits as 2 | 3;
  const all = build({ numberOfSignificantValueDigits: digits });
  all.add(ok);
  all.add(failed);
  return all;
}

/** The latencies, in milliseconds, that a shop is judged by. */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** The percentiles that objectives speak of, of some histograms together. */
export function latencyOf(histograms: readonly Histogram[], most?: number): Latency {
  const [p50 = 0, p95 = 0, p99 = 0] = distributionOf(histograms, [50, 95, 99], most).at;
  return { p50, p95, p99 };
}

/**
 * The latencies that count: of the requests that went well, or of all of them where that is more. So neither failures
 * that are fast make a shop look fast, nor do those that are slow (timeouts) vanish from the picture.
 */
export function judgedLatency({ ok, failed, most }: Tally): Latency {
  const good = latencyOf([ok], most);
  if (failed.totalCount === 0) return good;
  const all = latencyOf([ok, failed], most);
  return { p50: Math.max(good.p50, all.p50), p95: Math.max(good.p95, all.p95), p99: Math.max(good.p99, all.p99) };
}
