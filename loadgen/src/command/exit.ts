import type { Result } from "../results/result.ts";
import { outcomeOf } from "../results/verdict.ts";

/** What the process ends with; documented in its help. */
export const exitCodes = { met: 0, missed: 1, usage: 2, invalid: 3, interrupted: 130 } as const;

/** The exit code of a run that came to its end, or was stopped. */
export function exitCodeOf(result: Result): number {
  const outcome = outcomeOf(result);
  return outcome === "unasked" ? exitCodes.met : exitCodes[outcome];
}
