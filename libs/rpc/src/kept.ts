import { committed } from "./context.ts";

/** A value that is fetched, and fetched again when it has grown old. */
export interface Kept<T> {
  /** The value, at most so old; rejects when it cannot be fetched. */
  get(): Promise<T>;
  /** The last value that was fetched, however old; undefined before the first. */
  last(): T | undefined;
  /** The last value if it was fetched at most so many milliseconds ago. */
  recent(age: number): T | undefined;
  /** The value as it is now, however young the one that is kept. */
  renew(): Promise<T>;
}

/** How long nobody is asked again after a failure: of those who come meanwhile, none waits in vain. */
const RESPITE_MS = 500;

/**
 * Keeps what does not change with the request for so many milliseconds. Callers that come while it is being fetched
 * share one call, which belongs to none of them: it has a deadline of its own and outlives their hanging up.
 */
export function kept<T>(lifetime: number, fetch: () => Promise<T>, now: () => number = Date.now): Kept<T> {
  let value: T | undefined;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let failure: unknown;
  let failedUntil = 0;
  let pending: Promise<T> | undefined;
  const refresh = async () => {
    try {
      value = await fetch();
      fetchedAt = now();
      return value;
    } catch (error) {
      failure = error;
      failedUntil = now() + RESPITE_MS;
      throw error;
    } finally {
      pending = undefined;
    }
  };
  const renew = () => {
    pending ??= committed(refresh);
    return pending;
  };
  return {
    get: async () => {
      if (value !== undefined && now() < fetchedAt + lifetime) return value;
      if (now() < failedUntil) throw failure;
      return renew();
    },
    last: () => value,
    recent: (age) => (now() < fetchedAt + age ? value : undefined),
    renew,
  };
}
