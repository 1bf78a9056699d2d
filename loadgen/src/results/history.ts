import { distributionOf } from "./distribution.ts";
import type { Moment } from "./result.ts";
import { named, percentiles, rowOf } from "./summary.ts";
import { addTo, createTally, type Tally } from "./tally.ts";

/** What there was up to each point, and its percentiles: from the tallies of a series, true to two digits. */
export function historyOf(tallies: readonly Tally[]): readonly Moment[] {
  const sum = createTally(2);
  return tallies.map((tally) => {
    addTo(sum, tally);
    const { requests, failures, average, min, max, bytes, percentiles: sofar } = rowOf(sum, "", "", 0);
    return {
      percentiles: named(distributionOf([tally.ok, tally.failed], percentiles.map(Number), tally.most).at),
      sofar: { requests, failures, p50: sofar["50"] ?? 0, average, min, max, bytes },
    };
  });
}
