import { encodeIntoCompressedBase64 } from "hdr-histogram-js";
import { distributionOf } from "./distribution.ts";
import type { Summary } from "./result.ts";
import { allOf, latencyOf, requestsIn, type Tally } from "./tally.ts";

/** A row of a table of figures: a summary that is shown, not merged any more. */
export type Row = Omit<Summary, "histogram">;

/** The percentiles that are told, by the names that Locust's tables have for them. */
export const percentiles: readonly string[] = "50 66 75 80 90 95 98 99 99.9 99.99 100".split(" ");

/** Values of the percentiles by their names. */
export const named = (values: readonly number[]): Summary["percentiles"] =>
  Object.fromEntries(percentiles.map((name, index) => [name, values[index] ?? 0]));

/** Sums up what was counted in so many seconds. */
export function rowOf(tally: Tally, method: string, name: string, seconds: number): Row {
  const { mean, at } = distributionOf([tally.ok, tally.failed], percentiles.map(Number), tally.most);
  const requests = requestsIn(tally);
  const failures = tally.failed.totalCount;
  const perSecond = (count: number) => (seconds > 0 ? count / seconds : 0);
  return {
    method,
    name,
    requests,
    failures,
    rate: perSecond(requests),
    failureRate: perSecond(failures),
    bytes: requests > 0 ? tally.bytes / requests : 0,
    average: mean,
    min: requests > 0 ? tally.least / 1_000 : 0,
    max: tally.most / 1_000,
    percentiles: named(at),
    ok: latencyOf([tally.ok], tally.most),
  };
}

/** The same, with its histogram, so that it can be merged with those of other results. */
export const summaryOf = (tally: Tally, method: string, name: string, seconds: number): Summary => ({
  ...rowOf(tally, method, name, seconds),
  histogram: encodeIntoCompressedBase64(allOf(tally) as Parameters<typeof encodeIntoCompressedBase64>[0]),
});
