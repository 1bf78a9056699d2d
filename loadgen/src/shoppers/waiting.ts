/** A request that has no answer yet. */
export interface Open {
  /** When it was sent, by performance.now(). */
  readonly sentAt: number;
  /** Gives it up, saying why. */
  cut(words: string): void;
}

/** All requests that have no answer yet. */
export interface Waiting {
  add(open: Open): void;
  delete(open: Open): void;
  readonly size: number;
  /** Gives up what has no answer so many seconds from now. */
  cutIn(seconds: number): void;
  close(): void;
}

const SWEEP_MS = 50;

/** Watches the clock for all requests together: what has no answer after so many seconds is given up. */
export function createWaiting(timeout: number): Waiting {
  // In the order in which they were sent: all have the same time, so that the first is the first that is over.
  const all = new Set<Open>();
  const words = `timeout after ${timeout} s`;
  const sweep = setInterval(() => {
    const sentBy = performance.now() - timeout * 1_000;
    for (const open of all) {
      if (open.sentAt > sentBy) return;
      all.delete(open);
      open.cut(words);
    }
  }, SWEEP_MS);
  let end: NodeJS.Timeout | undefined;
  return {
    add: (open) => void all.add(open),
    delete: (open) => void all.delete(open),
    get size() {
      return all.size;
    },
    cutIn(seconds) {
      end = setTimeout(() => {
        for (const open of all) open.cut(`no answer ${seconds} s after the end`);
      }, seconds * 1_000);
    },
    close() {
      clearInterval(sweep);
      clearTimeout(end);
    },
  };
}
