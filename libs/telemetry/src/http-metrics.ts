import { durations } from "./buckets.ts";
import type { Metrics } from "./metrics.ts";

const labels = ["method", "route", "status"] as const;
// All pages, each with what it may answer, have room; a stranger who tries everything at every address has not.
const most = 30;

/** The metrics of HTTP requests; `route` is the template ("/product/:id"), never the path. */
export const httpMetrics = (metrics: Metrics) => ({
  requests: metrics.counter("http_requests_total", "HTTP requests answered.", labels, { most }),
  seconds: metrics.histogram(
    "http_request_duration_seconds",
    "How long HTTP requests took until they were answered, in seconds.",
    durations,
    labels,
    { most },
  ),
  inFlight: metrics.gauge("http_requests_in_flight", "HTTP requests begun and not answered yet."),
});
