import type { Histogram, JsHistogram } from "hdr-histogram-js";

/** Latencies in milliseconds. */
export interface Distribution {
  readonly count: number;
  readonly mean: number;
  /** The percentiles that were asked for, in their order; 0 of nothing. */
  readonly at: readonly number[];
}

/**
 * Reads rising percentiles and the mean of histograms of the same precision together. One pass for all of them: asked
 * one by one, a histogram looks through its thousands of counts for each, and a live view asks a hundred times a second.
 */
export function distributionOf(
  histograms: readonly Histogram[],
  percentiles: readonly number[],
  most = Infinity,
): Distribution {
  // All that are built without WebAssembly are of this kind.
  const parts = histograms.filter(({ totalCount }) => totalCount > 0) as unknown as readonly JsHistogram[];
  const count = parts.reduce((sum, { totalCount }) => sum + totalCount, 0);
  // Where a value is counted depends on the precision alone: the first values have a place each, twice as many as this;
  // from there on so many places serve a range that is twice as wide as the one before.
  const half = (parts[0]?.subBucketCount ?? 0) / 2;
  // As HdrHistogram does it: rounding must not ask for one request more than there are at that share.
  const wanted = percentiles.map((percentile) =>
    Math.max(1, Math.ceil((percentile / 100) * count * (1 - Number.EPSILON))),
  );
  const places = Math.max(0, ...parts.map(({ countsArrayLength }) => countsArrayLength));
  const at = percentiles.map(() => 0);
  let [seen, sum, next] = [0, 0, 0];
  for (let index = 0; index < places && seen < count; index += 1) {
    let here = 0;
    for (const part of parts) if (index < part.countsArrayLength) here += part.getCountAtIndex(index);
    if (here === 0) continue;
    seen += here;
    const doublings = Math.max(0, Math.floor(index / half) - 1);
    const width = 2 ** doublings;
    const least = (index - doublings * half) * width;
    sum += here * (least + Math.floor(width / 2));
    for (; next < wanted.length && seen >= (wanted[next] ?? 0); next += 1)
      at[next] = Math.min(least + width - 1, most) / 1_000;
  }
  return { count, mean: count > 0 ? sum / count / 1_000 : 0, at };
}
