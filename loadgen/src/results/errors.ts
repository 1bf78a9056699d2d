import type { RouteFigures } from "../load/interval.ts";
import type { Result } from "./result.ts";

/** What went wrong, counted by route and words. */
export interface Errors {
  add(route: Pick<RouteFigures, "method" | "name" | "errors">): void;
  /** The most frequent first. */
  all(): Result["errors"];
}

/** So many different ones are told apart; words that vary with each request would fill the memory. */
const MOST = 500;
const OTHER = "other errors (too many different ones to tell apart)";

/** Counts errors. */
export function createErrors(): Errors {
  const counted = new Map<string, { method: string; name: string; words: string; count: number }>();
  const count = (method: string, name: string, words: string, times: number) => {
    const key = JSON.stringify([method, name, words]);
    const known = counted.get(key);
    if (known) known.count += times;
    else if (counted.size < MOST || words === OTHER) counted.set(key, { method, name, words, count: times });
    else count(method, name, OTHER, times);
  };
  return {
    add({ method, name, errors }) {
      for (const [words, times] of Object.entries(errors)) if (times > 0) count(method, name, words, times);
    },
    all: () => [...counted.values()].toSorted((a, b) => b.count - a.count).map((error) => ({ ...error })),
  };
}
