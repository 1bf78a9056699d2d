const STEP = 0x6d2b79f5;

/** Numbers from 0 to less than 1, by lot, which come out the same for the same seed (Tommy Ettinger's mulberry32). */
export function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + STEP) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
