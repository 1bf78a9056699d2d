import type { Redis } from "ioredis";

/** What the keys of carts begin with; other services may keep theirs in the same Redis. */
export const prefix = "cart:";

const AT_ONCE = 1_000;
const FRESH_MS = 10_000;
const SHARE = 0.01;

/**
 * Counts the carts in a Redis by walking over its keys, a thousand at a time so that shoppers do not wait. A count holds
 * for 10 s, or longer if it took long: at most a hundredth of the time is spent on counting. While the next is made, and
 * while Redis is away, it is the last one.
 */
export function createCount(redis: Redis, now: () => number = () => performance.now()): () => Promise<number> {
  let counted: number | undefined;
  let freshUntil = 0;
  let counting: Promise<void> | undefined;

  const walk = async () => {
    const since = now();
    let found = 0;
    let cursor = "0";
    do {
      const [next, keys] = await redis.scan(cursor, "MATCH", `${prefix}*`, "COUNT", AT_ONCE);
      found += keys.length;
      cursor = next;
    } while (cursor !== "0");
    counted = found;
    freshUntil = now() + Math.max(FRESH_MS, (now() - since) / SHARE);
  };

  return async () => {
    if (counted === undefined || now() >= freshUntil) {
      counting ??= walk()
        .catch(() => {})
        .finally(() => {
          counting = undefined;
        });
      // Only the first waits: whoever scrapes the metrics has other things to read.
      if (counted === undefined) await counting;
    }
    return counted ?? 0;
  };
}
