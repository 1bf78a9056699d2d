import type { IncomingMessage, RequestListener } from "node:http";
import type { Context } from "@boutique/contract/proto";
import { carriedFrom } from "@boutique/rpc/context";
import type { Interceptor } from "@boutique/rpc/interceptor";

// What stands in for the metrics and the business events when a service is run without (see off.ts): by the same names,
// doing nothing.

const nothing: unknown = new Proxy(() => nothing, { get: (_, name) => (name === "declared" ? [] : nothing) });

export const MINUTE = 60_000;
export const SECOND = 1_000;
export const createMetrics = () => nothing;
export const createBusiness = () => nothing;
export const goName = (name: string): string => name;
export const observe = (): Interceptor => (next) => next;

const own = Symbol("context");
type Observed = IncomingMessage & { [own]?: Context };
export const contextOf = (request: Observed) => request[own];

export const observeRequests =
  (_metrics: unknown, _log: unknown, _tracer: unknown, listener: RequestListener): RequestListener =>
  (request, response) => {
    const gone = new AbortController();
    response.once("close", () => response.writableFinished || gone.abort());
    const trace = carriedFrom((name) => request.headers[name]);
    (request as Observed)[own] = { trace, deadline: Number.POSITIVE_INFINITY, signal: gone.signal };
    listener(request, response);
  };
