/** A value that was observed in a trace: the way from a bucket to somebody's request. */
export interface Exemplar {
  readonly labelSet: { readonly trace_id: string; readonly span_id: string };
  readonly value: number;
  /** Seconds since the epoch. */
  readonly timestamp: number;
}

/** How many values fell into which bucket. */
export interface Distribution {
  /** Takes in a value, and the trace that it was observed in, if there is one. */
  observe(value: number, trace?: Exemplar["labelSet"]): void;
  /** The buckets by their upper bounds, each with all that is below it, the last unbounded. */
  buckets(): readonly { le: number | string; count: number; exemplar: Exemplar | undefined }[];
  sum(): number;
  count(): number;
}

/** A distribution over buckets, given by their upper bounds in rising order. */
export function createDistribution(bounds: readonly number[]): Distribution {
  const counts = new Array<number>(bounds.length + 1).fill(0);
  const exemplars = new Array<Exemplar | undefined>(bounds.length + 1);
  let sum = 0;
  let count = 0;
  return {
    observe(value, trace) {
      let index = 0;
      while (index < bounds.length && value > (bounds[index] as number)) index += 1;
      counts[index] = (counts[index] as number) + 1;
      sum += value;
      count += 1;
      if (trace) exemplars[index] = { labelSet: trace, value, timestamp: Date.now() / 1_000 };
    },
    buckets() {
      let below = 0;
      return counts.map((own, index) => {
        below += own;
        return { le: bounds[index] ?? "+Inf", count: below, exemplar: exemplars[index] };
      });
    },
    sum: () => sum,
    count: () => count,
  };
}
