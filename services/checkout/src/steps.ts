import type { Step } from "./signals.ts";

/** Runs steps, and says which one failed: the first only, since two that run at once may both fail. */
export function watchSteps(say: (step: Step, error: unknown) => void) {
  let said = false;
  return async <T>(step: Step, work: () => T | Promise<T>, told?: (error: unknown) => never): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!said) say(step, error);
      said = true;
      if (told) told(error);
      throw error;
    }
  };
}
