import type { Context } from "@boutique/contract/proto";

export type Method = (request: unknown, context: Context) => unknown;

/** Wraps a method, on either side of the wire: `next` is what it wraps, `path` its "/package.Service/Method". */
export type Interceptor = (next: Method, path: string) => Method;

export const compose = (interceptors: readonly Interceptor[], method: Method, path: string): Method =>
  interceptors.reduceRight((next, wrap) => wrap(next, path), method);
