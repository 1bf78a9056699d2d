import { durations } from "./buckets.ts";
import type { Metrics } from "./metrics.ts";

const labels = ["grpc_type", "grpc_service", "grpc_method"] as const;

/** The metrics of one side of the wire, named and labelled as go-grpc-middleware does. */
export const rpcMetrics = (metrics: Metrics, side: "client" | "server") => ({
  started: metrics.counter(`grpc_${side}_started_total`, `Calls begun, seen from the ${side}.`, labels),
  handled: metrics.counter(`grpc_${side}_handled_total`, `Calls ended, by status code, seen from the ${side}.`, [
    ...labels,
    "grpc_code",
  ]),
  received: metrics.counter(`grpc_${side}_msg_received_total`, `Messages received by the ${side}.`, labels),
  sent: metrics.counter(`grpc_${side}_msg_sent_total`, `Messages sent by the ${side}.`, labels),
  seconds: metrics.histogram(
    `grpc_${side}_handling_seconds`,
    `How long calls took until they ended, in seconds, seen from the ${side}.`,
    durations,
    labels,
  ),
  inFlight: metrics.gauge(`grpc_${side}_in_flight`, `Calls begun and not ended yet, seen from the ${side}.`),
});

/** What becomes of the calls to other services. */
export const peerMetrics = (metrics: Metrics) => ({
  retries: metrics.counter("grpc_client_retries_total", "Times that a call was sent again, since its peer was away.", [
    "peer",
    "grpc_method",
  ]),
  late: metrics.counter("grpc_client_deadline_misses_total", "Calls given up since their time was over.", [
    "peer",
    "grpc_method",
  ]),
  refused: metrics.counter(
    "grpc_client_circuit_refused_total",
    "Calls that failed at once, not sent, since the last to their peer had no answer.",
    ["peer"],
  ),
});

/** What becomes of calls that come when many are in progress. */
export const turnMetrics = (metrics: Metrics, waiting: () => number) => {
  metrics.reading("grpc_server_waiting", "Calls that wait for their turn.", [], () => [[waiting()]]);
  return {
    refused: metrics.counter(
      "grpc_server_refused_total",
      "Calls that were not begun: full (as many waited as can be served in time), late (their time was over), left (their caller had hung up).",
      ["reason"],
    ),
  };
};
