import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener } from "node:http";
import type { Context } from "@boutique/contract/proto";
import { carriedFrom, withContext } from "@boutique/rpc/context";
import { httpMetrics } from "@boutique/telemetry/http-metrics";
import type { Log } from "@boutique/telemetry/log";
import type { Metrics } from "@boutique/telemetry/metrics";
import { sampledIds, within } from "@boutique/telemetry/tracer";
import type { CurrentTracer } from "./trace.ts";

/** The method as a label: HEAD is GET without the body, and what no page takes is all one. */
const methodOf = (method = "") => ({ GET: "GET", HEAD: "GET", POST: "POST" })[method] ?? "other";

// Those that OpenTelemetry's conventions know; any other is "_OTHER" there.
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

const LEFT = 499;

/** Whether a request only asks whether somebody is there, which is worth no trace. */
const isProbe = (url = "") => url.endsWith("/_healthz");

// On the request itself: a map beside it would be one more thing for each garbage collection to walk through.
const own = Symbol("context");
type Observed = IncomingMessage & { [own]?: Context };

/**
 * The context that a request is served in. It is asked for by whoever works after the body was read: Node reads that
 * outside of any context.
 */
export function contextOf(request: Observed): Context {
  const context = request[own];
  if (!context) throw new Error("a request that nobody observes");
  return context;
}

/**
 * Counts, times and traces every HTTP request; LOG_LEVEL=debug writes a line for each. What serves it runs in a context
 * of the request, whose trace goes with the calls that it makes.
 */
export function observeRequests(
  metrics: Metrics,
  log: Log,
  tracer: CurrentTracer,
  listener: RequestListener,
): RequestListener {
  const { requests, seconds, inFlight } = httpMetrics(metrics);
  const waiting = inFlight.at();
  const debugging = log.isLevelEnabled("debug");
  return (request, response) => {
    const since = performance.now();
    waiting.value += 1;
    const method = methodOf(request.method);
    const gone = new AbortController();
    const { context, span } = begin(request, method, gone.signal, tracer);
    (request as Observed)[own] = context;

    const ended = () => {
      // Only where there is work to cancel: an abort costs as much as ten metrics.
      if (!response.writableFinished) gone.abort();
      waiting.value -= 1;
      const took = performance.now() - since;
      // A shopper who did not wait for the answer is counted as nginx does; how long an answer takes, it does not tell.
      const status = response.writableFinished ? response.statusCode : LEFT;
      const route = routeOf(request, status);
      const labels = [method, route, String(status)];
      requests.at(...labels).value += 1;
      if (status !== LEFT) seconds.at(...labels).observe(took / 1_000, sampledIds(context));
      if (debugging) {
        const bytes = Number(response.getHeader("content-length") ?? 0);
        log.debug({ method: request.method, route, status, ms: Math.round(took * 10) / 10, bytes }, "request answered");
      }
      span?.rename(`${method} ${route}`);
      span?.set({ "http.route": route, "http.response.status_code": status });
      if (status >= 500) span?.fail(String(status));
      span?.end();
    };
    response.once("close", () => withContext(context, ended));
    withContext(context, () => listener(request, response));
  };
}

/** A request with a trace of its own, unless it came with one: log lines of all services find together by it. */
function begin(request: IncomingMessage, method: string, signal: AbortSignal, tracer: CurrentTracer) {
  const given: Context = {
    trace: carriedFrom((name) => request.headers[name]),
    deadline: Number.POSITIVE_INFINITY,
    signal,
  };
  const known = METHODS.includes(request.method ?? "");
  const attributes = { "http.request.method": known ? String(request.method) : "_OTHER", "url.scheme": "http" };
  const span = isProbe(request.url) ? undefined : tracer()?.({ name: method, kind: "server", attributes }, given.trace);
  if (span) return { context: within(given, span), span };
  return { context: given.trace.traceparent ? given : { ...given, trace: { ...given.trace, ...newTrace() } }, span };
}

/** A trace that nobody records: its ids stand in log lines alone. */
function newTrace(): Context["trace"] {
  // Of UUIDs Node keeps a store, other random bytes it fetches each time.
  const [traceId, spanId] = [randomUUID(), randomUUID()].map((id) => id.replaceAll("-", ""));
  return { traceparent: `00-${traceId}-${spanId?.slice(16)}-00` };
}

const WRONG_METHOD = 405;

/** The template of the route that the router found; one that is there for other methods is none. */
const routeOf = (request: IncomingMessage & { route?: { path?: string } }, status: number) =>
  (status !== WRONG_METHOD && request.route?.path) || "unmatched";
