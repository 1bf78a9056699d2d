/** What tells the time, and wakes up. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back after so many milliseconds, unless what it returns is called before. */
  after(milliseconds: number, work: () => void): () => void;
}

/** The clock of the machine; it keeps no process alive. */
export const machineClock: Clock = {
  // Not Date.now, which a machine that is told the time sets back.
  now: () => performance.timeOrigin + performance.now(),
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};
