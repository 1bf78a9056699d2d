import { monitorEventLoopDelay } from "node:perf_hooks";
import { collectDefaultMetrics, Registry } from "prom-client";
import type { Metrics } from "./metrics.ts";

// What is told again under another name, or below in a way that two who read it do not take from each other.
const unwanted = /^nodejs_(active_(handles|requests|resources_total)|eventloop_)/;

// prom-client measures the event loop too, every 10 ms, unless it is told to leave that. Its figures are not wanted.
const HARDLY_EVER_MS = 2 ** 30;

/** What prom-client measures of the process, once, whoever of those that share it shows it. */
const ofTheProcess = once(() => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: HARDLY_EVER_MS });
  return registry;
});

/** Begins to measure the process: CPU, memory, event loop, garbage collection, and which version it is. */
export function measureProcess(metrics: Metrics, { service, version, services }: Inhabitant): void {
  metrics.adopt(ofTheProcess(), (name) => !unwanted.test(name));
  measureEventLoop(metrics);
  metrics
    .gauge("app_info", "Always 1; its labels say what runs here.", ["service", "version"])
    .at(service, version).value = 1;
  const help = "How many services share the process: what is measured of it is of all of them together.";
  metrics.gauge("app_process_services", help).at().value = services;
}

/** Who lives in the process, with how many others. */
export interface Inhabitant {
  readonly service: string;
  readonly version: string;
  readonly services: number;
}

// Each look wakes the process up: rarely enough that it is not what keeps it awake.
const RESOLUTION_MS = 50;
const WINDOW_MS = 10_000;

/** How late timers are, in windows of 10 s: whoever asks is told of the last whole one, if there was one. */
const eventLoop = once(() => {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const read = () => ({ p50: delays.percentile(50), p99: delays.percentile(99), max: delays.max });
  let last: ReturnType<typeof read> | undefined;
  let since = performance.now();
  return () => {
    if (performance.now() - since >= WINDOW_MS) {
      last = read();
      delays.reset();
      since = performance.now();
    }
    return last ?? read();
  };
});

function measureEventLoop(metrics: Metrics): void {
  const delays = eventLoop();
  for (const [name, words] of [
    ["p50", "Half of the time work had to wait for less than this"],
    ["p99", "In 99 of 100 cases work had to wait for less than this"],
    ["max", "The longest that work had to wait"],
  ] as const) {
    const help = `${words} before the event loop took it up, in seconds, in the last 10 seconds or more.`;
    // What is measured is a timer of that length, which is late by the rest.
    const seconds = () => Math.max(0, (delays()[name] / 1e6 - RESOLUTION_MS) / 1_000);
    metrics.reading(`nodejs_eventloop_lag_${name}_seconds`, help, [], () => [[seconds()]]);
  }
}

/** Made when it is first asked for, and then shared by all of the process. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
