import { describe, expect, it } from "vitest";
import { durations } from "../src/buckets.ts";
import { createDistribution, type Distribution } from "../src/distribution.ts";

describe("a distribution", () => {
  it("has in each bucket what is at most its bound, the smaller ones included, and everything in the last", () => {
    const sizes = createDistribution([1, 5]);

    for (const size of [0, 1, 1.1, 5, 6, 100]) sizes.observe(size);

    expect(sizes.buckets().map(({ le, count }) => [le, count])).toEqual([
      [1, 2],
      [5, 4],
      ["+Inf", 6],
    ]);
    expect(sizes.sum()).toBeCloseTo(113.1);
    expect(sizes.count()).toBe(6);
  });

  it("shows in each bucket the last trace that was seen in it", () => {
    const sizes = createDistribution([1, 5]);
    const trace = (trace_id: string) => ({ trace_id, span_id: "1" });

    sizes.observe(2, trace("a"));
    sizes.observe(3, trace("b"));
    sizes.observe(4);
    sizes.observe(9, trace("c"));

    expect(sizes.buckets().map(({ exemplar }) => exemplar)).toEqual([
      undefined,
      { labelSet: trace("b"), value: 3, timestamp: expect.any(Number) },
      { labelSet: trace("c"), value: 9, timestamp: expect.any(Number) },
    ]);
  });
});

/** What Prometheus's histogram_quantile makes of the buckets: it takes values for spread evenly over each. */
function quantile(q: number, distribution: Distribution): number {
  const buckets = distribution.buckets();
  const rank = q * distribution.count();
  const index = buckets.findIndex(({ count }) => count >= rank);
  const [lower, own] = [buckets[index - 1], buckets[index]];
  const start = Number(lower?.le ?? 0);
  if (own?.le === "+Inf") return start;
  const below = lower?.count ?? 0;
  return start + ((Number(own?.le) - start) * (rank - below)) / ((own?.count ?? 0) - below);
}

describe("the buckets of durations", () => {
  it("rise", () => {
    expect(durations.toSorted((one, other) => one - other)).toEqual(durations);
    expect(new Set(durations).size).toBe(durations.length);
  });

  it.each([0.4, 0.5, 3])("give a p99 near %s s right to 10 %", (objective) => {
    const wrong: unknown[] = [];
    for (let share = 0.9; share <= 1.1; share += 0.001) {
      for (const times of [1, 7, 1_000]) {
        const seconds = createDistribution(durations);
        for (let time = 0; time < times; time++) seconds.observe(objective * share);

        const read = quantile(0.99, seconds);
        if (Math.abs(read / (objective * share) - 1) > 0.1) wrong.push([objective * share, times, read]);
      }
    }

    expect(wrong).toEqual([]);
  });

  it.each([0.4, 0.5, 3])("have a bound at %s s, so that what is within the objective can be counted", (objective) => {
    expect(durations).toContain(objective);
  });

  it("are few enough: each costs a series for every method", () => {
    expect(durations.length).toBeLessThanOrEqual(22);
  });
});
