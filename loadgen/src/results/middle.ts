/** The median of some figures; NaN of none. */
export function medianOf(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? Number.NaN;
  return Number.isInteger(half) ? ((sorted[half - 1] ?? Number.NaN) + upper) / 2 : upper;
}

/** Cuts a row into at most so many pieces of about the same length, in their order. */
export function pieces<T>(row: readonly T[], most: number): readonly (readonly T[])[] {
  const size = row.length / Math.min(most, row.length);
  return Array.from({ length: Math.min(most, row.length) }, (_, index) =>
    row.slice(Math.round(index * size), Math.round((index + 1) * size)),
  );
}
