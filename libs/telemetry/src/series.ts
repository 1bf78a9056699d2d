/** What is counted for each combination of label values, for a bounded number of them. */
export interface Series<C> {
  /** The cell of some label values, in the order of the labels. Beyond the bound, all share one cell, named "other". */
  at(...values: readonly string[]): C;
  /** Every cell with its label values. */
  entries(): Iterable<readonly [values: readonly string[], cell: C]>;
}

/** The label value of what came when there were as many others as may be. */
export const other = "other";

/**
 * Begins some series: at most so many, so that no stranger's input grows the memory or what is scraped. Of what comes
 * beyond, so many of the last label values are `kept`: they must be of few kinds.
 */
export function createSeries<C>(most: number, create: () => C, overflowed: () => void, kept = 0): Series<C> {
  const cells = new Map<string, readonly [readonly string[], C]>();
  const begin = (key: string, values: readonly string[]): C => {
    const cell = create();
    cells.set(key, [values, cell]);
    return cell;
  };
  return {
    at(...values) {
      const key = keyOf(values);
      const known = cells.get(key);
      if (known) return known[1];
      if (cells.size < most) return begin(key, values);
      overflowed();
      const rest = values.map((value, place) => (place < values.length - kept ? other : value));
      const restKey = keyOf(rest);
      return cells.get(restKey)?.[1] ?? begin(restKey, rest);
    },
    entries: () => cells.values(),
  };
}

/** By hand, since join takes three times as long and this is done for every metric of every page. */
function keyOf(values: readonly string[]): string {
  let key = values[0] ?? "";
  for (let place = 1; place < values.length; place++) key += `\n${values[place]}`;
  return key;
}
