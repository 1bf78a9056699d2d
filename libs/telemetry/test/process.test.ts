import { expect, it } from "vitest";
import { createMetrics } from "../src/metrics.ts";
import { measureProcess } from "../src/process.ts";

function measured() {
  const metrics = createMetrics();
  measureProcess(metrics, { service: "cartservice", version: "1.2.3", services: 1 });
  return metrics;
}

it("a process says its CPU, memory, event loop and garbage collection, and what it is (original: nothing)", async () => {
  const { text } = await measured().exposition();

  for (const name of [
    "process_cpu_seconds_total",
    "process_resident_memory_bytes",
    "process_start_time_seconds",
    "nodejs_eventloop_lag_p99_seconds",
    "nodejs_heap_size_used_bytes",
    "nodejs_version_info",
  ]) {
    expect(text).toMatch(new RegExp(`^${name}(\\{.*\\})? [0-9.e+-]+$`, "m"));
  }
  expect(text).toContain("# TYPE nodejs_gc_duration_seconds histogram");
  expect(text).toContain('app_info{service="cartservice",version="1.2.3"} 1');
});

it("what goes up and down does not call itself a total", () => {
  const gauges = measured().declared.filter(({ type }) => type === "gauge");

  expect(gauges.length).toBeGreaterThan(12);
  expect(gauges.filter(({ name }) => name.endsWith("_total"))).toEqual([]);
});

it("what only grows does", () => {
  const counters = measured().declared.filter(({ type }) => type === "counter");

  expect(counters.length).toBeGreaterThan(2);
  expect(counters.filter(({ name }) => !name.endsWith("_total"))).toEqual([]);
});
