import { describe, expect, it } from "vitest";
import type { Facts } from "../src/findings/facts.ts";
import { findKnee } from "../src/findings/knee.ts";
import { findRecovery } from "../src/findings/recovery.ts";
import { findSlopes, slopeOf } from "../src/findings/slope.ts";
import type { Plan } from "../src/plan/plan.ts";
import type { Point, ShopPoint } from "../src/results/result.ts";
import { openRun } from "../src/results/run.ts";
import { createRandom, intervalWith, membersOf, openingWith, planWith, routeWith } from "./intervals.ts";

const calm = {
  p50: 5,
  p95: 8,
  p99: 20,
  waiting: 0,
  failureRate: 0,
  self: { cpu: 0.1, machine: 0.2, loopP99: 1, lateP99: 0, rss: 90 },
};
const pointsOf = (seconds: number, at: (second: number) => Partial<Point>): Point[] =>
  Array.from({ length: seconds }, (_, index) => ({ second: index + 1, users: 0, rate: 0, ...calm, ...at(index + 1) }));
const factsOf = (plan: Partial<Plan>, series: readonly Point[], shop: readonly ShopPoint[] = []): Facts => ({
  plan: planWith(plan),
  series,
  stages: [],
  shop,
});
const plain = (words = "") => words.replaceAll("\u00a0", " ");

describe("the knee", () => {
  const ramp: Partial<Plan> = { stages: [{ name: "ramp", to: 2_000, over: 400 }] };
  const random = createRandom(3);
  const noisy = (value: number) => value * (0.96 + 0.08 * random());

  it("is where throughput stops following, with what was busiest then", () => {
    const series = pointsOf(400, (second) => ({ users: 5 * second, rate: noisy(Math.min(5 * second, 900) / 5) }));
    const service = { loopP99: 12, rss: 90, inFlight: 3 };
    const shop = series.flatMap(({ second, rate }) => [
      { service: "frontend", second, cpu: rate / 185, ...service },
      { service: "cartservice", second, cpu: 0.2, ...service },
    ]);
    const [found] = findKnee(factsOf(ramp, series, shop));
    expect(found?.figures).toMatchObject({ found: "yes", unit: "users", first: "throughput" });
    expect(Number(found?.figures.load)).toBeGreaterThan(900 * 0.93);
    expect(Number(found?.figures.load)).toBeLessThan(900 * 1.07);
    expect(Number(found?.figures.rate)).toBeCloseTo(180, -1);
    expect(found?.words).toContain("throughput stopped following");
    expect(found?.words).toContain("busiest then was frontend");
  });

  it("is where latency leaves, if that is first", () => {
    const series = pointsOf(400, (second) => ({
      users: 5 * second,
      rate: second,
      p99: noisy(second < 240 ? 20 : 300),
    }));
    const [found] = findKnee(factsOf(ramp, series));
    expect(found?.figures.first).toBe("latency");
    expect(Math.abs(Number(found?.figures.load) - 1_200)).toBeLessThan(80);
  });

  it("is where failures come, if that is first", () => {
    const series = pointsOf(400, (second) => ({
      users: 5 * second,
      rate: second,
      failureRate: second > 100 ? second / 4 : 0,
    }));
    const [found] = findKnee(factsOf(ramp, series));
    expect(found?.figures.first).toContain("failures");
    expect(Math.abs(Number(found?.figures.load) - 500)).toBeLessThan(60);
  });

  it("is one of arrivals in an open plan", () => {
    const series = pointsOf(400, (second) => ({ users: 3, rate: Math.min(second, 150) * 4 }));
    const [found] = findKnee(factsOf({ model: "rate", stages: [{ name: "ramp", to: 400, over: 400 }] }, series));
    expect(found?.figures.unit).toBe("arrivals/s");
    expect(Math.abs(Number(found?.figures.load) - 150)).toBeLessThan(12);
  });

  it("is none where users who have just come ask more often than later", () => {
    const series = pointsOf(400, (second) => ({ users: 5 * second, rate: noisy(40 + second) }));
    expect(findKnee(factsOf(ramp, series))[0]?.figures.found).toBe("no");
    const flat = series.map((point) => ({ ...point, rate: Math.min(point.rate, 240) }));
    const [found] = findKnee(factsOf(ramp, flat));
    expect(found?.figures.first).toBe("throughput");
    expect(Math.abs(Number(found?.figures.load) - 1_000)).toBeLessThan(100);
  });

  it("is none while all follows, whatever a single slow second does", () => {
    const series = pointsOf(400, (second) => ({
      users: 5 * second,
      rate: noisy(second),
      p99: second === 300 ? 9_000 : 20,
    }));
    const [found] = findKnee(factsOf(ramp, series));
    expect(found?.figures.found).toBe("no");
    expect(plain(found?.words)).toContain("no knee up to 2 000 users");
    expect(findKnee(factsOf(ramp, series.slice(0, 5)))[0]?.words).toContain("too few seconds");
    expect(findKnee(factsOf({}, series.slice(300)))[0]?.words).toContain("hardly rises");
  });
});

describe("recovery", () => {
  const spike: Partial<Plan> = {
    stages: [
      { name: "before", to: 50, over: 0 },
      { name: "calm", to: 50, over: 30 },
      { name: "spike", to: 500, over: 0 },
      { name: "storm", to: 500, over: 30 },
      { name: "fall", to: 50, over: 10 },
      { name: "after", to: 50, over: 50 },
    ],
  };
  const spiked = (back: number) =>
    pointsOf(120, (second) => ({
      users: 50,
      rate: 10,
      ...(second > 30 && second <= back ? { p99: 4_000, failureRate: second < back - 5 ? 3 : 0 } : {}),
    }));

  it("is the time from the end of the fall until all is as before", () => {
    const [found] = findRecovery(factsOf(spike, spiked(82)));
    expect(found?.figures).toMatchObject({ end: 70, recovered: "yes", seconds: 12, baseline: 20, band: 30 });
    expect(plain(found?.words)).toContain("after the load fell to 50 at 1 min 10 s: recovered in 12 s");
  });

  it("is at once, or never", () => {
    expect(findRecovery(factsOf(spike, spiked(60)))[0]?.figures).toMatchObject({ recovered: "yes", seconds: 0 });
    const [never] = findRecovery(factsOf(spike, spiked(118)));
    expect(never?.figures.recovered).toBe("never");
    expect(plain(never?.words)).toContain("not recovered in 50 s");
  });

  it("does not take a lull for it", () => {
    const series = spiked(100).map((point) => (point.second > 74 && point.second < 78 ? { ...point, ...calm } : point));
    expect(findRecovery(factsOf(spike, series))[0]?.figures.seconds).toBe(30);
  });

  it("is not to be found where the load never falls", () => {
    expect(findRecovery(factsOf({}, spiked(82)))[0]?.words).toContain("never falls");
  });
});

describe("slopes", () => {
  const random = createRandom(11);

  it("are found through noise and outliers, with a band around them", () => {
    const points = Array.from(
      { length: 600 },
      (_, x) => [x / 60, 100 + 0.5 * (x / 60) + random() + (x % 50 ? 0 : 300)] as const,
    );
    const found = slopeOf(points);
    expect(found?.slope).toBeCloseTo(0.5, 1);
    expect(found?.low).toBeLessThan(0.5);
    expect(found?.high).toBeGreaterThan(0.5);
    expect(slopeOf(points.slice(0, 5))).toBeUndefined();
  });

  it("tell a leak of a service from none, in MiB per hour", () => {
    const series = pointsOf(1_800, () => ({ users: 100, rate: 20, p50: 5 + random(), p99: 20 + 4 * random() }));
    const services = { frontend: 36, cartservice: 0 };
    const shop = series
      .filter(({ second }) => second % 5 === 0)
      .flatMap(({ second }) =>
        Object.entries(services).map(([service, leak]) => {
          const rss = 80 + (leak * second) / 3_600 + 2 * random();
          return { service, second, rss, cpu: 0.2, loopP99: 1, inFlight: 0 };
        }),
      );
    const found = findSlopes(factsOf({ stages: [{ name: "hold", to: 100, over: 1_800 }] }, series, shop));
    const of = (name: string) => found.find(({ figures }) => figures.of === name);
    expect(of("p99")?.words).toContain("no slope");
    expect(of("memory of cartservice")?.words).toContain("no slope");
    expect(of("memory of frontend")?.words).toMatch(/grows: \+3\d(\.\d)?\u00a0?.*MiB\/h ± /);
    expect(Number(of("memory of frontend")?.figures.slope)).toBeCloseTo(36, -1);
    expect(of("p50")?.words).not.toContain("say little");
    expect(findSlopes(factsOf({}, series.slice(0, 60)))[0]?.words).toContain("say little about an hour");
  });
});

describe("the slopes of arrivals", () => {
  it("are of all the time at the highest rate, not of the seconds in which most requests wait", () => {
    const series = pointsOf(1_200, (second) => ({ users: second % 9, rate: 50, p99: second % 9 === 8 ? second : 20 }));
    const stages = [
      { name: "jump", to: 50, over: 0 },
      { name: "hold", to: 50, over: 1_200 },
    ];
    const found = findSlopes(factsOf({ model: "rate", stages }, series));
    expect(found.find(({ figures }) => figures.of === "p99")?.words).toContain("no slope");
  });
});

describe("plateaus", () => {
  it("names the highest that kept the objectives", () => {
    const stages = [50, 100, 150, 200].flatMap((to) => [
      { name: `to ${to}`, to, over: 2 },
      { name: `at ${to}`, to, over: 10 },
    ]);
    const run = openRun(openingWith({ stages, find: ["plateaus"], objectives: { p99: 400, failRatio: 0.01 } }));
    for (let second = 1; second <= 48; second += 1) {
      const users = 50 * Math.ceil(second / 12);
      run.add(intervalWith(second, [routeWith({ ok: [users === 200 ? 650 : users, 5] })], { users }));
    }
    const { findings } = run.result("plan", 48, membersOf("w1"));
    expect(plain(findings[0]?.words)).toBe("the objectives held at 150 users and no longer at 200");
    expect(findings.slice(1).map(({ figures }) => [figures.level, figures.held])).toEqual([
      [50, "held"],
      [100, "held"],
      [150, "held"],
      [200, "broken"],
    ]);
    expect(plain(findings.at(-1)?.words)).toContain("p99 was 650 ms, 400 ms allowed");
  });
});
