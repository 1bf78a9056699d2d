import { collectDefaultMetrics, Registry } from "prom-client";
import type { Metrics } from "./metrics.ts";

// Gauges that call themselves totals.
const unwanted = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];

/** Begins to measure the process: CPU, memory, event loop, garbage collection, and which version it is. */
export function measureProcess(metrics: Metrics, service: string, version: string): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  metrics.adopt(registry, (name) => !unwanted.includes(name));
  metrics
    .gauge("app_info", "Always 1; its labels say what runs here.", ["service", "version"])
    .at(service, version).value = 1;
}
