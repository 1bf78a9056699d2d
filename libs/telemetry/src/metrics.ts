import { Counter, collectDefaultMetrics, Gauge, Histogram, register } from "prom-client";

// Fine enough that a p99 near 400 ms, 500 ms or 3 s is read to within 10 %.
const buckets = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.75, 1,
  1.5, 2, 2.5, 3, 3.5, 5, 10,
];

const rpcLabels = ["grpc_type", "grpc_service", "grpc_method"] as const;

/** The metrics of one side of the wire, named and labelled as go-grpc-middleware does. */
export const rpcMetrics = (side: "client" | "server") => ({
  started: new Counter({
    name: `grpc_${side}_started_total`,
    help: `Calls begun, seen from the ${side}.`,
    labelNames: rpcLabels,
  }),
  handled: new Counter({
    name: `grpc_${side}_handled_total`,
    help: `Calls ended, by status code, seen from the ${side}.`,
    labelNames: [...rpcLabels, "grpc_code"] as const,
  }),
  seconds: new Histogram({
    name: `grpc_${side}_handling_seconds`,
    help: `How long calls took, in seconds, seen from the ${side}.`,
    labelNames: rpcLabels,
    buckets,
  }),
});

/** The metrics of HTTP requests; `route` is the template ("/product/:id"), never the path. */
export const httpMetrics = () => ({
  requests: new Counter({
    name: "http_requests_total",
    help: "HTTP requests answered.",
    labelNames: ["method", "route", "status"] as const,
  }),
  seconds: new Histogram({
    name: "http_request_duration_seconds",
    help: "How long HTTP requests took, in seconds.",
    labelNames: ["method", "route", "status"] as const,
    buckets,
  }),
});

export type HttpMetrics = ReturnType<typeof httpMetrics>;

/** Begins to measure the process: CPU, memory, event loop, garbage collection, and which version it is. */
export function measureProcess(service: string, version: string): void {
  collectDefaultMetrics();
  new Gauge({ name: "app_info", help: "Always 1; says what runs here.", labelNames: ["service", "version"] as const })
    .labels(service, version)
    .set(1);
}

/** What Prometheus reads, and the content type it comes in. */
export const exposition = async () => ({ type: register.contentType, text: await register.metrics() });
