import { AsyncLocalStorage } from "node:async_hooks";
import type { Context } from "@boutique/contract/proto";

const current = new AsyncLocalStorage<Context>();
const never = new AbortController().signal;

/** The request being served: the calls made for it inherit its deadline, its cancellation and its trace. */
export const currentContext = (): Context | undefined => current.getStore();

/** Runs work as part of serving a request. */
export const withContext = <T>(context: Context, work: () => T): T => current.run(context, work);

/** Runs work that belongs to no request, such as a fetch that several of them share. */
export const detached = <T>(work: () => T): T => current.exit(work);

/**
 * Runs work that must not be left half done: it keeps the trace of the request it is part of, but neither its deadline
 * nor its cancellation. Each call in it has its own budget.
 */
export const committed = <T>(work: () => T): T =>
  current.run({ trace: {}, ...current.getStore(), deadline: Number.POSITIVE_INFINITY, signal: never }, work);

/** The headers that are carried from the request served to the calls made. */
const carried = ["traceparent", "tracestate", "baggage"] as const;

/** The carried headers among those of a request; what cannot be sent on as it is stays behind. */
export const carriedFrom = (header: (name: string) => unknown): Record<string, string> =>
  Object.fromEntries(
    carried
      .map((name) => [name, header(name)] as const)
      .filter((pair): pair is [(typeof carried)[number], string] =>
        /^[\x20-\x7e]{1,8192}$/.test(String(pair[1] ?? "")),
      ),
  );

/**
 * The context of a call to be made: the caller's, cut to the callee's own budget (milliseconds). Outside of any
 * request, the budget alone.
 */
export function childContext(budget: number): Context {
  const parent = current.getStore();
  const deadline = Date.now() + budget;
  return parent ? { ...parent, deadline: Math.min(parent.deadline, deadline) } : { deadline, signal: never, trace: {} };
}
