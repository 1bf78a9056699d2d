import { outside } from "@boutique/rpc/context";
import { atMost } from "./patience.ts";

const AT_ONCE = 20;
const PATIENCE_MS = 3_000;

/**
 * Looks for work every so many milliseconds and has it done, so much at once at most: `begin` is told how much more there
 * may be, and returns what it began. Nobody waits for it, so that a failure ends with its round.
 */
export function createRounds(every: number, begin: (most: number) => Promise<Promise<void>[]>) {
  const running = new Set<Promise<void>>();
  const look = async (): Promise<void> => {
    for (const work of await begin(AT_ONCE - running.size)) {
      const ended = work.catch(() => {}).finally(() => running.delete(ended));
      running.add(ended);
    }
  };
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    if (running.size >= AT_ONCE) return;
    looking ??= outside(look)
      .catch(() => {})
      .finally(() => {
        looking = undefined;
      });
  }, every);
  timer.unref();
  return {
    /** Begins nothing more, and waits for what is under way, as long as that may be waited for: others take it up. */
    async close(): Promise<void> {
      clearInterval(timer);
      await looking;
      await atMost(PATIENCE_MS, Promise.all(running));
    },
  };
}
