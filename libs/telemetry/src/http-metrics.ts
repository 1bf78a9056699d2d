import { durations } from "./buckets.ts";
import type { Metrics } from "./metrics.ts";

const labels = ["method", "route", "status"] as const;
// Each page with all that it may answer has room, besides what answers to those who try whatever they can think of: some
// 10 of these, since the routes that they do not find, and the methods that they should not use, are one each.
const most = 34;

/** The metrics of HTTP requests; `route` is the template ("/product/:id"), never the path. */
export const httpMetrics = (metrics: Metrics) => ({
  requests: metrics.counter("http_requests_total", "HTTP requests answered.", labels, { most }),
  seconds: metrics.histogram(
    "http_request_duration_seconds",
    "How long HTTP requests took until they were answered, in seconds; of those that were.",
    durations,
    labels,
    { most },
  ),
  inFlight: metrics.gauge("http_requests_in_flight", "HTTP requests begun and not answered yet."),
});
