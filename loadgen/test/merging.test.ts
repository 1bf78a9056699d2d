import { build } from "hdr-histogram-js";
import { describe, expect, it } from "vitest";
import type { Interval, RouteFigures } from "../src/load/interval.ts";
import { openRun } from "../src/results/run.ts";
import { percentiles } from "../src/results/summary.ts";
import { createRandom, intervalWith, membersOf, openingWith, routeWith } from "./intervals.ts";

const hold = (over: number) => ({ stages: [{ name: "hold", to: 3_000, over }] });

describe("merging what several workers did", () => {
  it("adds the rates of three machines and does not average them (published: 174.94 of 524.12 req/s)", () => {
    const seconds = 178.814;
    const machines = [
      { worker: "vm1", requests: 31_100, failures: 30_850 },
      { worker: "vm2", requests: 31_250, failures: 30_980 },
      { worker: "vm3", requests: 31_370, failures: 31_073 },
    ];
    const run = openRun(openingWith(hold(180)), 3);
    for (const { worker, requests, failures } of machines) {
      const part = (all: number, index: number) =>
        Math.round((all * (index + 1)) / 179) - Math.round((all * index) / 179);
      for (let index = 0; index < 179; index += 1) {
        const failed = part(failures, index);
        // Failures were fast, and what went well was slow: 2 ms against 10 s.
        const ok = Array.from({ length: part(requests - failures, index) }, () => 10_000);
        const route = routeWith({ ok, failed: Array.from({ length: failed }, () => 2), errors: { "503": failed } });
        const second = Math.min(index + 1, seconds);
        run.add(intervalWith(second, [route], { worker, users: 1_000, length: second - index }));
      }
    }

    const { total, series, errors } = run.result("stopped", seconds, membersOf("vm1", "vm2", "vm3"));

    expect([total.requests, total.failures]).toEqual([93_720, 92_903]);
    expect(total.rate).toBeCloseTo(524.12, 2);
    expect(total.failureRate / total.rate).toBeCloseTo(0.991, 3);
    expect(Math.max(...series.map(({ users }) => users))).toBe(3_000);
    expect(total.percentiles["75"]).toBeCloseTo(2, 1);
    expect(total.percentiles["99.9"]).toBeCloseTo(10_000, -1);
    expect(total.ok.p50).toBeCloseTo(10_000, -1);
    expect(errors).toEqual([{ method: "GET", name: "/", words: "503", count: 92_903 }]);
  });

  it("has the percentiles of all values together, however they were split over workers and seconds", () => {
    const random = createRandom(7);
    for (let trial = 0; trial < 25; trial += 1) {
      const all = build({ numberOfSignificantValueDigits: 3 });
      const workers = 1 + Math.floor(random() * 5);
      const intervals: Interval[] = [];
      for (let second = 1; second <= 6; second += 1)
        for (let worker = 0; worker < workers; worker += 1) {
          const draw = () => 0.05 * 10 ** (random() * 6);
          const ok = Array.from({ length: Math.floor(random() * 40) }, draw);
          const failed = Array.from({ length: Math.floor(random() * 10) }, draw);
          for (const value of [...ok, ...failed]) all.recordValue(Math.round(value * 1_000));
          const name = random() < 0.5 ? "/" : "/cart";
          intervals.push(intervalWith(second, [routeWith({ name, ok, failed })], { worker: `w${worker}` }));
        }
      const run = openRun(openingWith(), workers);
      for (const interval of intervals.toSorted(() => random() - 0.5)) run.add(interval);

      const { total } = run.result("plan", 6, []);

      expect(total.requests).toBe(all.totalCount);
      expect((total.average * 1_000) / all.mean).toBeCloseTo(1, 9);
      expect(total.max * 1_000).toBeCloseTo(all.maxValue, 6);
      for (const name of percentiles) {
        const expected = Math.min(all.getValueAtPercentile(Number(name)), all.maxValue) / 1_000;
        expect(total.percentiles[name], `p${name} of ${workers} workers`).toBe(expected);
      }
    }
  });

  it("makes one point of a second that several workers told of, however far apart", () => {
    const run = openRun(openingWith(), 2);
    const fast = [routeWith({ ok: Array.from({ length: 99 }, () => 1) })];
    run.add(intervalWith(1.04, fast, { worker: "w1", users: 4 }));
    run.add(intervalWith(0.96, [routeWith({ ok: [500] })], { worker: "w2", users: 6, self: { cpu: 0.7, loopP99: 2 } }));

    const { series } = run.snapshot();

    expect(series).toHaveLength(1);
    expect(series[0]).toMatchObject({ second: 1, users: 10, rate: 100, self: { cpu: 0.7, loopP99: 3 } });
    // One of a hundred took 500 ms: the mean of the workers' p99 would be 250.
    expect(series[0]?.p99).toBeCloseTo(1, 1);
  });

  it("shows neither fast failures as a fast second nor slow ones as none", () => {
    const run = openRun(openingWith());
    run.add(intervalWith(1, [routeWith({ ok: [100, 100], failed: [1, 1, 1, 1] })]));
    run.add(intervalWith(2, [routeWith({ ok: [100, 100], failed: [5_000] })]));
    const [fast, slow] = run.result("plan", 2, membersOf("w1")).series;
    expect([(fast?.p50 ?? 0) / 100, (slow?.p99 ?? 0) / 5_000].map(Math.round)).toEqual([1, 1]);
  });

  it("waits for who is late, but for 3 s at most, and counts what comes later all the same", () => {
    const run = openRun(openingWith(), 2);
    const told = () => run.snapshot().series.map(({ second, rate }) => [second, rate]);
    for (const second of [1, 2, 3]) run.add(intervalWith(second, [routeWith({ ok: [1] })], { worker: "w1" }));
    expect(told()).toEqual([]);
    run.add(intervalWith(4, [routeWith({ ok: [1] })], { worker: "w1" }));
    expect(told()).toEqual([[1, 1]]);
    run.add(intervalWith(1, [routeWith({ ok: [1, 1] })], { worker: "w2" }));
    expect(told()).toEqual([[1, 3]]);
  });

  it("leaves the warm-up out of all figures but the series", () => {
    const run = openRun(openingWith({ warmUp: 2, stages: [{ name: "hold", to: 10, over: 4 }] }));
    const bad = () => routeWith({ failed: [900, 900], errors: { "connection refused": 2 } });
    for (const second of [1, 2]) run.add(intervalWith(second, [bad()]));
    expect(run.snapshot()).toMatchObject({ warmingUp: true, total: { requests: 4, failures: 4 } });
    for (const second of [3, 4]) run.add(intervalWith(second, [routeWith({ ok: [5, 5, 5] })]));
    expect(run.snapshot()).toMatchObject({ warmingUp: false, total: { requests: 6, failures: 0 } });

    const { total, routes, stages, errors, series } = run.result("plan", 4, membersOf("w1"));

    expect(total).toMatchObject({ requests: 6, failures: 0, rate: 3 });
    expect(routes).toHaveLength(1);
    expect(stages).toMatchObject([{ stage: "hold", requests: 6, rate: 3, users: 10 }]);
    expect(errors).toEqual([]);
    expect(series.map(({ failureRate }) => failureRate)).toEqual([2, 2, 0, 0]);
  });

  it("tells routes and stages apart", () => {
    const stages = [
      { name: "calm", to: 5, over: 0 },
      { name: "holding", to: 5, over: 2 },
      { name: "storm", to: 20, over: 2 },
    ];
    const run = openRun(openingWith({ stages }));
    const routes = (ok: number[]): RouteFigures[] => [
      routeWith({ name: "/cart", ok }),
      routeWith({ name: "/cart", method: "POST", ok }),
    ];
    for (const second of [1, 2]) run.add(intervalWith(second, routes([5]), { users: 5 }));
    for (const second of [3, 4]) run.add(intervalWith(second, routes([50, 50]), { users: 20 }));

    const result = run.result("plan", 4, membersOf("w1"));

    expect(result.routes.map(({ method, name, requests }) => [method, name, requests])).toEqual([
      ["GET", "/cart", 6],
      ["POST", "/cart", 6],
    ]);
    expect(result.stages.map(({ stage, users, requests, rate }) => [stage, users, requests, rate])).toEqual([
      ["holding", 5, 4, 2],
      ["storm", 20, 8, 4],
    ]);
  });

  it("stays within 1,200 points for hours, and their percentiles stay true", () => {
    const run = openRun(openingWith({ stages: [{ name: "hold", to: 10, over: Number.POSITIVE_INFINITY }] }), 2);
    const hours = 4 * 3_600;
    const figures = [routeWith({ ok: [...Array.from({ length: 97 }, () => 2), 80, 90, 100] })];
    for (let second = 1; second <= hours; second += 1)
      for (const worker of ["w1", "w2"]) run.add(intervalWith(second, figures, { worker, users: 5 }));

    const { series, total } = run.result("stopped", hours, membersOf("w1", "w2"));

    expect(series.length).toBeLessThanOrEqual(1_200);
    expect(series.length).toBeGreaterThan(600);
    expect(series.at(-1)?.second).toBe(hours);
    for (const point of [series[0], series[500], series.at(-1)]) {
      expect(point?.rate).toBeCloseTo(200, 6);
      expect(point?.users).toBe(10);
      expect(point?.p50).toBeCloseTo(2, 1);
      expect((point?.p99 ?? 0) / 90).toBeCloseTo(1, 1);
    }
    expect(total.requests).toBe(200 * hours);
    expect(total.rate).toBeCloseTo(200, 6);
  }, 30_000);
});
