/** Chance that comes out the same for the same seed. */
export interface Chance {
  /** From 0 to less than 1. */
  next(): number;
  /** A whole number from the first to the last, both included. */
  between(first: number, last: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  digits(count: number): string;
}

const ROUNDS = 12;

/**
 * Begins a row of chances (Chris Doty-Humphrey's sfc32) for each list of whole numbers, such as a seed and the number of
 * a shopper; rows of neighbouring numbers have nothing in common.
 */
export function createChance(...seed: readonly number[]): Chance {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let counter = 1;
  const step = (): number => {
    const mixed = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + mixed) | 0;
    return mixed >>> 0;
  };
  for (const part of seed) {
    a ^= part | 0;
    // What is above 32 bits counts as well.
    b ^= (part / 2 ** 32) | 0;
    for (let round = 0; round < ROUNDS; round += 1) step();
  }
  const next = () => step() / 2 ** 32;
  const between = (first: number, last: number) => first + Math.floor(next() * (last - first + 1));
  return {
    next,
    between,
    pick: <T>(list: readonly [T, ...T[]]) => list[between(0, list.length - 1)] as T,
    digits: (count) => Array.from({ length: count }, () => between(0, 9)).join(""),
  };
}
