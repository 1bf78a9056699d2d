import type { Operator } from "../command/operator.ts";
import type { Paces } from "../exporter/pace.ts";
import type { Row } from "../results/summary.ts";

const MOST_ERRORS = 500;

/** What Locust's web view calls its states. */
const states = { waiting: "spawning", stopping: "cleanup" } as Partial<Record<ReturnType<Operator["state"]>, string>>;

/** The figures as Locust's /stats/requests has them, for scripts that ask it. */
export function locustStats(operator: Operator, paces: Paces) {
  const snapshot = operator.snapshot();
  const state = states[operator.state()] ?? operator.state();
  const members = operator.crew.members();
  const workers = members.map(({ worker }) => ({ id: worker, state }));
  if (!snapshot) return { ...nothing, state, workers };
  const { routes, total, errors, now, users } = snapshot;
  const row = (summary: Row) => {
    const { rate, failureRate } = paces.of(summary);
    return {
      method: summary.method || null,
      name: summary.name,
      safe_name: summary.name,
      num_requests: summary.requests,
      num_failures: summary.failures,
      min_response_time: summary.min,
      max_response_time: summary.max,
      avg_response_time: summary.average,
      median_response_time: summary.percentiles["50"] ?? 0,
      avg_content_length: summary.bytes,
      current_rps: rate,
      current_fail_per_sec: failureRate,
      total_rps: summary.rate,
      total_fail_per_sec: summary.failureRate,
      "response_time_percentile_0.95": summary.percentiles["95"] ?? 0,
      "response_time_percentile_0.99": summary.percentiles["99"] ?? 0,
    };
  };
  return {
    stats: [...routes, total].map(row),
    errors: errors.slice(0, MOST_ERRORS).map(({ method, name, words, count }) => {
      return { method, name, error: words, occurrences: count };
    }),
    total_rps: now.rate,
    total_fail_per_sec: now.failureRate,
    fail_ratio: total.requests > 0 ? total.failures / total.requests : 0,
    current_response_time_percentile_1: now.p50,
    current_response_time_percentile_2: now.p95,
    current_response_time_percentiles: {
      "response_time_percentile_0.5": now.p50,
      "response_time_percentile_0.95": now.p95,
      "response_time_percentile_0.99": now.p99,
    },
    state,
    user_count: users,
    workers,
  };
}

const nothing = {
  stats: [],
  errors: [],
  total_rps: 0,
  total_fail_per_sec: 0,
  fail_ratio: 0,
  current_response_time_percentile_1: null,
  current_response_time_percentile_2: null,
  current_response_time_percentiles: {},
  user_count: 0,
};
