import { AsyncLocalStorage } from "node:async_hooks";
import { setMaxListeners } from "node:events";
import type { Context } from "@boutique/contract/proto";

const current = new AsyncLocalStorage<Context>();
const never = new AbortController().signal;
// All calls that nobody can cancel listen to it at once.
setMaxListeners(0, never);

/** The request being served: the calls made for it inherit its deadline, its cancellation and its trace. */
export const currentContext = (): Context | undefined => current.getStore();

/** Runs work as part of serving a request. */
export const withContext = <T>(context: Context, work: () => T): T => current.run(context, work);

/** Runs work that belongs to no request. */
export const outside = <T>(work: () => T): T => current.exit(work);

/**
 * Runs work that outlives the request it is part of, since it must not be left half done or since others wait for it
 * too: it keeps the request's trace, but neither its deadline nor its cancellation. Each call in it has its own budget.
 */
export const committed = <T>(work: () => T): T =>
  current.run({ trace: {}, ...current.getStore(), deadline: Number.POSITIVE_INFINITY, signal: never }, work);

const forms = {
  traceparent: /^[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/,
  tracestate: /^[\x20-\x7e]{1,8192}$/,
  baggage: /^[\x20-\x7e]{1,8192}$/,
};

/**
 * The W3C headers among those of a request, which are carried from the request served to the calls made. One that is
 * not as it must be stays behind: it could not be sent on, and in a log it would be a stranger's text.
 */
export function carriedFrom(header: (name: string) => unknown): Record<string, string> {
  const carried: Record<string, string> = {};
  for (const [name, form] of Object.entries(forms)) {
    const value = header(name);
    if (typeof value === "string" && form.test(value)) carried[name] = value;
  }
  if (!carried.traceparent) delete carried.tracestate;
  return carried;
}

/**
 * The context of a call to be made: the caller's, cut to the callee's own budget (milliseconds). Outside of any
 * request, the budget alone.
 */
export function childContext(budget: number): Context {
  const parent = current.getStore();
  const deadline = Date.now() + budget;
  return parent ? { ...parent, deadline: Math.min(parent.deadline, deadline) } : { deadline, signal: never, trace: {} };
}
