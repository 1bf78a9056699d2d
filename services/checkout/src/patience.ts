import { setTimeout as sleep } from "node:timers/promises";

const PAUSE_MS = 100;

/** Does work again and again until it does not fail any more, for so many milliseconds at most; then returns the failure. */
export async function patiently<T>(work: () => Promise<T>, patience: number): Promise<T | Error> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() + PAUSE_MS > end) return error as Error;
      await sleep(PAUSE_MS);
    }
  }
}

/** Waits for work, for so many milliseconds at most. */
export async function atMost(patience: number, work: Promise<unknown>): Promise<void> {
  const enough = new AbortController();
  await Promise.race([work, sleep(patience, undefined, { signal: enough.signal }).catch(() => {})]);
  enough.abort();
}
