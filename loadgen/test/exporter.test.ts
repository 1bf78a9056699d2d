import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { exportMetrics } from "../src/exporter/exporter.ts";
import { serveMetrics } from "../src/exporter/metrics-server.ts";
import { createPaces } from "../src/exporter/pace.ts";
import { createCrewOnCall, operatorOf, threeSeconds, trial, until } from "./hands/crew-on-call.ts";
import { intervalWith, routeWith } from "./intervals.ts";

const order = { plan: trial(), host: "http://127.0.0.1:1" };
const promtoolMissing = spawnSync("promtool", ["--version"]).error !== undefined;

async function running() {
  const crew = createCrewOnCall();
  const operator = operatorOf(crew);
  operator.start(order).catch(() => {});
  await until(operator, "running");
  threeSeconds(crew, true);
  return { crew, operator };
}

describe("the metrics of a load", () => {
  it("have the names that Locust's exporter gave them", async () => {
    const { operator } = await running();
    const { metrics, close } = exportMetrics(operator);
    const { text } = await metrics.exposition();
    close();
    const lines = text.split("\n");
    for (const line of [
      "locust_up 1",
      "locust_running 2",
      "locust_users 10",
      "locust_workers_count 1",
      "locust_workers_running_count 1",
      "locust_workers_hatching_count 0",
      "locust_workers_missing_count 0",
      'locust_requests_num_requests{method="GET",name="/"} 66',
      'locust_requests_num_requests{method="",name="Aggregated"} 66',
      'locust_requests_num_failures{method="GET",name="/"} 6',
      'locust_requests_current_rps{method="GET",name="/"} 0',
      'locust_requests_min_response_time{method="GET",name="/"} 1',
      'locust_errors{method="GET",name="/",error="500 Internal Server Error"} 6',
    ]) {
      expect(lines).toContain(line);
    }
    expect(text).toMatch(/^locust_requests_fail_ratio 0\.0909/m);
    for (const percentile of [50, 95, 99]) {
      expect(text).toMatch(new RegExp(`^locust_requests_current_response_time_percentile_${percentile} \\d`, "m"));
    }
    for (const name of ["avg_response_time", "max_response_time", "median_response_time", "avg_content_length"]) {
      expect(text).toMatch(new RegExp(`^locust_requests_${name}\\{method="GET",name="/"\\} [1-9]`, "m"));
    }
  });

  it("are there before the first run", async () => {
    const { metrics, close } = exportMetrics(operatorOf(createCrewOnCall()));
    const { text } = await metrics.exposition();
    close();
    expect(text).toContain("locust_running 0\n");
    expect(text).toContain("locust_users 0\n");
  });

  it("do not grow with the kinds of failures", async () => {
    const { crew, operator } = await running();
    const errors = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`strange answer ${i}`, 1]));
    crew.tell(intervalWith(4, [routeWith({ failed: Array(500).fill(1), errors })]));
    const { metrics, close } = exportMetrics(operator);
    const { text } = await metrics.exposition();
    close();
    expect(text.match(/^locust_errors\{/gm)?.length).toBeLessThanOrEqual(100);
  });

  it.skipIf(promtoolMissing && process.env.CI !== "true")("can be read by Prometheus", async () => {
    const { operator } = await running();
    const server = await serveMetrics(operator, 0, "127.0.0.1");
    const answer = await fetch(`http://127.0.0.1:${server.port}/metrics`);
    const input = await answer.text();
    expect(answer.headers.get("content-type")).toContain("text/plain");
    expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(404);
    await server.close();
    const { stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input, encoding: "utf8" });
    // The names are Locust's, which promtool would have chosen otherwise.
    const complaints = `${stdout}${stderr}`
      .split("\n")
      .filter((line) => !/_count" suffix|abbreviated units|^$/.test(line));
    expect(complaints).toEqual([]);
  });
});

describe("how fast a route is", () => {
  const seen = (seconds: number, requests: number, failures = 0) => {
    const row = { method: "GET", name: "/", requests, failures };
    return { seconds, routes: [row], total: { ...row, method: "", name: "Aggregated" } } as never;
  };
  const home = { method: "GET", name: "/" };

  it("is what was added in the last ten seconds", () => {
    const paces = createPaces();
    for (let second = 1; second <= 30; second += 1)
      paces.look(seen(second, second < 20 ? 0 : (second - 20) * 8, second));
    expect(paces.of(home)).toEqual({ rate: 8, failureRate: 1 });
  });

  it("begins again with the counts", () => {
    const paces = createPaces();
    paces.look(seen(1, 100));
    paces.look(seen(2, 200));
    paces.look(seen(3, 5));
    expect(paces.of(home).rate).toBe(0);
    paces.look(seen(4, 12));
    expect(paces.of(home).rate).toBe(7);
  });
});
