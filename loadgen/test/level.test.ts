import { expect, test } from "vitest";
import { dueAt, durationOf, levelAt, shareOf } from "../src/load/level.ts";
import type { Stage } from "../src/plan/plan.ts";

const forever = Number.POSITIVE_INFINITY;
const plan = (...stages: [to: number, over: number][]) => ({
  stages: stages.map(([to, over]): Stage => ({ name: "", to, over })),
});

test("a level goes in straight lines from stage to stage, and is nobody's before and after", () => {
  const mountain = plan([100, 10], [100, 5], [20, 0], [20, 5], [0, 10]);
  expect(durationOf(mountain)).toBe(30);
  const at = [-1, 0, 5, 10, 14.9, 15, 19, 25, 29.999, 30, 31].map((second) => levelAt(mountain, second));
  expect(at.slice(0, 8)).toEqual([0, 0, 50, 100, 100, 20, 20, 10]);
  expect(at[8]).toBeCloseTo(0.002);
  expect(at.slice(9)).toEqual([undefined, undefined]);
});

test("what has no end holds its level", () => {
  const endless = plan([50, 10], [80, forever]);
  expect(durationOf(endless)).toBe(forever);
  expect([5, 10, 1e9].map((second) => levelAt(endless, second))).toEqual([25, 80, 80]);
});

test("shares differ by one at most and sum to the level exactly", () => {
  for (const of of [1, 2, 3, 7, 64]) {
    for (const level of [0, 0.4, 0.5, 1, 2, 63, 64, 65, 99.5, 1_000, 10_007]) {
      const shares = Array.from({ length: of }, (_, index) => shareOf(level, index, of));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(Math.round(level));
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }
  }
});

test("arrivals are due where the area below the rate says, in order and evenly", () => {
  expect([0, 1, 9].map((arrival) => dueAt(plan([10, 0], [10, 5]), arrival))).toEqual([0.05, 0.15, 0.95]);
  const mountain = plan([10, 4], [10, 0], [30, 2], [0, 0], [0, 3], [8, 0], [0, 2]);
  // 20 up the slope, 40 on the way to 30 a second, none for three seconds, 8 on the way down.
  const due = Array.from({ length: 69 }, (_, arrival) => dueAt(mountain, arrival));
  expect(due.slice(0, 20).every((second) => second !== undefined && second < 4)).toBe(true);
  expect(due.slice(20, 60).every((second) => second !== undefined && second > 4 && second < 6)).toBe(true);
  expect(due.slice(60, 68).every((second) => second !== undefined && second > 9 && second < 11)).toBe(true);
  expect(due[68]).toBeUndefined();
  expect(due.slice(0, 68)).toEqual(due.slice(0, 68).toSorted((a = 0, b = 0) => a - b));
  expect(dueAt(mountain, 4.5)).toBeCloseTo(2);
});

test("arrivals never end when their rate does not, and never come when it is 0", () => {
  expect(dueAt(plan([4, 1], [4, forever]), 4_000_001.5)).toBe(1_000_001);
  expect(dueAt(plan([0, 5], [0, forever]), 0)).toBeUndefined();
});
