import { monitorEventLoopDelay } from "node:perf_hooks";
import { collectDefaultMetrics, Registry } from "prom-client";
import type { Metrics } from "./metrics.ts";

// What is told again under another name, or below in a way that two who read it do not take from each other.
const unwanted = /^nodejs_(active_(handles|requests|resources_total)|eventloop_)/;

/** Begins to measure the process: CPU, memory, event loop, garbage collection, and which version it is. */
export function measureProcess(metrics: Metrics, service: string, version: string): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  metrics.adopt(registry, (name) => !unwanted.test(name));
  measureEventLoop(metrics);
  metrics
    .gauge("app_info", "Always 1; its labels say what runs here.", ["service", "version"])
    .at(service, version).value = 1;
}

const RESOLUTION_MS = 20;
const WINDOW_MS = 10_000;

/** How late timers are, in windows of 10 s: whoever asks is told of the last whole one, if there was one. */
function measureEventLoop(metrics: Metrics): void {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const read = () => ({ p50: delays.percentile(50), p99: delays.percentile(99), max: delays.max });
  let last: ReturnType<typeof read> | undefined;
  let since = performance.now();
  const current = () => {
    if (performance.now() - since >= WINDOW_MS) {
      last = read();
      delays.reset();
      since = performance.now();
    }
    return last ?? read();
  };
  for (const [name, words] of [
    ["p50", "Half of the time work had to wait for less than this"],
    ["p99", "In 99 of 100 cases work had to wait for less than this"],
    ["max", "The longest that work had to wait"],
  ] as const) {
    const help = `${words} before the event loop took it up, in seconds, in the last 10 seconds or more.`;
    // What is measured is a timer of that length, which is late by the rest.
    const seconds = () => Math.max(0, (current()[name] / 1e6 - RESOLUTION_MS) / 1_000);
    metrics.reading(`nodejs_eventloop_lag_${name}_seconds`, help, [], () => [[seconds()]]);
  }
}
