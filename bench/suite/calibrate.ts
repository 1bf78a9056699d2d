import { spread } from "../services.ts";

const TIMES = 7;
const ROUNDS = 2_000;
const words = Array.from({ length: 60 }, (_, index) => ({
  id: `P${index}`,
  name: `thing ${index}`,
  price: index * 1.25,
}));

/**
 * How fast this machine is just now: milliseconds for a fixed piece of work of one core (2,000 times JSON there and back).
 * Figures of two days compare only as these do.
 */
export function calibrate(): number {
  const once = () => {
    const since = performance.now();
    for (let round = 0; round < ROUNDS; round++) JSON.parse(JSON.stringify(words));
    return performance.now() - since;
  };
  return spread(Array.from({ length: TIMES }, once)).median;
}
