import { failedWith } from "./error.ts";

const MINUTE = 60_000;

/**
 * A call that a peer of an older make may not know, and what to do instead. After an UNIMPLEMENTED the second is taken
 * at once for a minute, then the first is tried again: the peer may have been replaced.
 */
export function withFallback<A extends unknown[], T>(
  preferred: (...args: A) => Promise<T>,
  instead: (...args: A) => Promise<T>,
  now: () => number = Date.now,
): (...args: A) => Promise<T> {
  let unknownUntil = 0;
  return async (...args) => {
    if (now() < unknownUntil) return instead(...args);
    try {
      return await preferred(...args);
    } catch (error) {
      if (!failedWith(error, "UNIMPLEMENTED")) throw error;
      unknownUntil = now() + MINUTE;
      return instead(...args);
    }
  };
}
