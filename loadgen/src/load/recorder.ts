import { build, type Histogram } from "hdr-histogram-js";
import type { RouteFigures } from "./interval.ts";

const MOST_WORDS = 100;
const OTHER = "other problems";
const LONGEST = 600_000_000;

/** Writes down what became of requests, until somebody takes it away. */
export interface Recorder {
  /** A request of a route: its latency in whole microseconds, the bytes of its body, and in words why it failed, if so. */
  record(method: string, name: string, latency: number, bytes: number, problem: string | undefined): void;
  /** All that came since the last time. It belongs to the caller; nothing is added to it any more. */
  take(): RouteFigures[];
}

interface Route {
  readonly method: string;
  readonly name: string;
  ok: Histogram;
  failed: Histogram;
  bytes: number;
  errors: Record<string, number>;
}

/**
 * An empty recorder. What it holds is bounded: histograms of the requests of one interval, which grow only as far as
 * their latencies do (10 minutes at most), and a hundred different words; what comes beyond is "other problems".
 */
export function createRecorder(): Recorder {
  let routes = new Map<string, Route>();
  const known = new Set<string>();

  const routeOf = (method: string, name: string): Route => {
    const key = `${method} ${name}`;
    let route = routes.get(key);
    if (!route) {
      route = { method, name, ok: createLatencies(), failed: createLatencies(), bytes: 0, errors: {} };
      routes.set(key, route);
    }
    return route;
  };

  return {
    record(method, name, latency, bytes, problem) {
      const route = routeOf(method, name);
      route.bytes += bytes;
      const histogram = problem === undefined ? route.ok : route.failed;
      histogram.recordValue(Math.min(Math.max(latency, 0), LONGEST));
      if (problem === undefined) return;
      if (known.size < MOST_WORDS) known.add(problem);
      const words = known.has(problem) ? problem : OTHER;
      route.errors[words] = (route.errors[words] ?? 0) + 1;
    },
    take() {
      const taken = [...routes.values()];
      routes = new Map();
      return taken;
    },
  };
}

/** A histogram of latencies in microseconds, exact to a thousandth. It grows with what it is given. */
export const createLatencies = (): Histogram =>
  build({ bitBucketSize: 32, numberOfSignificantValueDigits: 3, autoResize: true, useWebAssembly: false });
