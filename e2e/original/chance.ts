/** Chance that comes out the same for the same seed. */
export interface Chance {
  /** A whole number from the first to the last, both included. */
  between(first: number, last: number): number;
  pick<T>(list: readonly T[]): T;
  digits(count: number): string;
}

/** Begins a row of chances (mulberry32). */
export function createChance(seed: number): Chance {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (first: number, last: number) => first + Math.floor(next() * (last - first + 1));
  return {
    between,
    pick: <T>(list: readonly T[]) => list[between(0, list.length - 1)] as T,
    digits: (count) => Array.from({ length: count }, () => between(0, 9)).join(""),
  };
}
