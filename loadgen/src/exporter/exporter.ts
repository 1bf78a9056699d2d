import { createMetrics, type Metrics } from "@boutique/telemetry/metrics";
import type { Operator } from "../command/operator.ts";
import type { Snapshot } from "../results/snapshot.ts";
import type { Row } from "../results/summary.ts";
import { followPaces } from "./pace.ts";

/** The most kinds of failures that are shown as metrics, the most frequent ones. */
const MOST_ERRORS = 100;

const running: Partial<Record<ReturnType<Operator["state"]>, number>> = { spawning: 1, running: 2 };

/** Each route, and all of them together by the name that dashboards ask for. */
const rowsOf = (snapshot: Snapshot | undefined): readonly Row[] =>
  snapshot ? [...snapshot.routes, snapshot.total] : [];

/**
 * The metrics of a load by the names that Locust's exporter gave them, so that dashboards which know those show it.
 * `close` ends the timer that follows what goes on.
 */
export function exportMetrics(operator: Operator): { metrics: Metrics; close: () => void } {
  const metrics = createMetrics();
  const paces = followPaces(operator.snapshot);

  const busy = () => ["spawning", "running", "stopping"].includes(operator.state());
  const value = (name: string, help: string, read: () => number | undefined) =>
    metrics.reading(`locust_${name}`, help, [], () => [[read() ?? 0]]);
  value("up", "Whether the load generator is there.", () => 1);
  value("running", "What it does (0 = nothing, 1 = shoppers are still coming, 2 = running).", () => {
    return running[operator.state()];
  });
  value("users", "Shoppers there are now.", () => (busy() ? operator.snapshot()?.users : 0));
  const members = () => operator.crew.members();
  const working = () => members().filter(({ worker }) => operator.snapshot()?.workers.includes(worker)).length;
  const lost = () => (operator.snapshot()?.workers ?? []).filter((name) => members().every((m) => m.worker !== name));
  value("workers_count", "Workers there are.", () => members().length);
  value("workers_running_count", "Workers that work.", () => (operator.state() === "running" ? working() : 0));
  value("workers_hatching_count", "Workers whose shoppers are still coming.", () => {
    return operator.state() === "spawning" ? working() : 0;
  });
  value("workers_missing_count", "Workers that took part and are gone.", () => lost().length);
  const total = () => operator.snapshot()?.total;
  value("requests_fail_ratio", "The share of requests that failed, 0 to 1.", () => {
    const { requests = 0, failures = 0 } = total() ?? {};
    return requests > 0 ? failures / requests : 0;
  });
  for (const p of ["50", "95", "99"] as const) {
    const help = `Percentile ${p} of the latencies of the last seconds, milliseconds.`;
    value(`requests_current_response_time_percentile_${p}`, help, () => operator.snapshot()?.now[`p${p}`]);
  }

  const perRoute = (name: string, help: string, read: (row: Row) => number) =>
    metrics.reading(`locust_requests_${name}`, help, ["method", "name"], () =>
      rowsOf(operator.snapshot()).map((row) => [read(row), row.method, row.name]),
    );
  perRoute("num_requests", "Requests so far.", (row) => row.requests);
  perRoute("num_failures", "Requests that failed so far.", (row) => row.failures);
  perRoute("current_rps", "Requests per second, of the last seconds.", (row) => (busy() ? paces.of(row).rate : 0));
  perRoute("current_fail_per_sec", "Failures per second, of the last seconds.", (row) =>
    busy() ? paces.of(row).failureRate : 0,
  );
  perRoute("avg_response_time", "Latency on average, milliseconds.", (row) => row.average);
  perRoute("min_response_time", "The shortest latency, milliseconds.", (row) => row.min);
  perRoute("max_response_time", "The longest latency, milliseconds.", (row) => row.max);
  perRoute("median_response_time", "The median of the latencies, milliseconds.", (row) => row.percentiles["50"] ?? 0);
  perRoute("avg_content_length", "Bytes of a body on average.", (row) => row.bytes);
  metrics.reading("locust_errors", "Failures so far, by what went wrong.", ["method", "name", "error"], () =>
    (operator.snapshot()?.errors ?? [])
      .slice(0, MOST_ERRORS)
      .map(({ method, name, words, count }) => [count, method, name, words]),
  );
  return { metrics, close: paces.close };
}
