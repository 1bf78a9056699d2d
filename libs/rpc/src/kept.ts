import { committed } from "./context.ts";

/** A value that is fetched, and fetched again when it has grown old. */
export interface Kept<T> {
  /** The value, at most so old; rejects when it cannot be fetched. */
  get(): Promise<T>;
  /** The last value that was fetched, however old; undefined before the first. */
  last(): T | undefined;
}

/** How long nobody is asked again after a failure: of those who come meanwhile, none waits in vain. */
const RESPITE_MS = 500;

/**
 * Keeps what does not change with the request for so many milliseconds. Callers that come while it is being fetched
 * share one call, which belongs to none of them: it has a deadline of its own and outlives their hanging up.
 */
export function kept<T>(lifetime: number, fetch: () => Promise<T>, now: () => number = Date.now): Kept<T> {
  let value: T | undefined;
  let until = 0;
  let failure: unknown;
  let failedUntil = 0;
  let pending: Promise<T> | undefined;
  const refresh = async () => {
    try {
      value = await fetch();
      until = now() + lifetime;
      return value;
    } catch (error) {
      failure = error;
      failedUntil = now() + RESPITE_MS;
      throw error;
    } finally {
      pending = undefined;
    }
  };
  return {
    get: async () => {
      if (value !== undefined && now() < until) return value;
      if (now() < failedUntil) throw failure;
      pending ??= committed(refresh);
      return pending;
    },
    last: () => value,
  };
}
