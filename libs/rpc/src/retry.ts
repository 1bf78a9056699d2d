/** How often a call of a repeatable method is made, the first time included. */
export const MOST_ATTEMPTS = 3;

const FIRST_MS = 50;
const LONGEST_MS = 400;
const FACTOR = 2;

/** The same as gRPC's service config has it. */
export const retryPolicy = {
  maxAttempts: MOST_ATTEMPTS,
  initialBackoff: `${FIRST_MS / 1_000}s`,
  maxBackoff: `${LONGEST_MS / 1_000}s`,
  backoffMultiplier: FACTOR,
  retryableStatusCodes: ["UNAVAILABLE"],
};

/** A pause in milliseconds before the next attempt, after so many: by lot, up to a bound that grows. */
export const backoffBefore = (attempts: number, random: () => number = Math.random): number =>
  random() * Math.min(FIRST_MS * FACTOR ** (attempts - 1), LONGEST_MS);
