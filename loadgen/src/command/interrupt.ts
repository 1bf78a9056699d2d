import { exitCodes } from "./exit.ts";

// Ctrl-C reaches this process from the terminal and again from npm, which passes it on: one wish, said several times.
const SAME_WISH_MS = 500;

/** Calls `stop` at the first Ctrl-C (or SIGTERM), and ends the process at the next one. */
export function onInterrupt(stop: () => void): void {
  let asked: number | undefined;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (asked === undefined) {
        asked = performance.now();
        stop();
      } else if (performance.now() - asked > SAME_WISH_MS) process.exit(exitCodes.interrupted);
    });
  }
}
