import { collectDefaultMetrics, Registry } from "prom-client";
import type { Metrics } from "./metrics.ts";

// What is told again under another name.
const unwanted = /^nodejs_active_(handles|requests|resources_total)/;

/** Begins to measure the process: CPU, memory, event loop, garbage collection, and which version it is. */
export function measureProcess(metrics: Metrics, service: string, version: string): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  metrics.adopt(registry, (name) => !unwanted.test(name));
  metrics
    .gauge("app_info", "Always 1; its labels say what runs here.", ["service", "version"])
    .at(service, version).value = 1;
}
