import { durations } from "./buckets.ts";
import type { Metrics } from "./metrics.ts";

const labels = ["method", "route", "status"] as const;
// Each page has room with what it usually answers. A stranger can fill it with what is unusual; what comes then loses its
// route but not its status, so that a page that fails is seen to fail. Counters are cheap, distributions are not.
const counted = { most: 100, kept: 1 };
const timed = { most: 34, kept: 1 };

/** The metrics of HTTP requests; `route` is the template ("/product/:id"), never the path. */
export const httpMetrics = (metrics: Metrics) => ({
  requests: metrics.counter("http_requests_total", "HTTP requests answered.", labels, counted),
  seconds: metrics.histogram(
    "http_request_duration_seconds",
    "How long HTTP requests took until they were answered, in seconds; of those that were.",
    durations,
    labels,
    timed,
  ),
  inFlight: metrics.gauge("http_requests_in_flight", "HTTP requests begun and not answered yet."),
});
