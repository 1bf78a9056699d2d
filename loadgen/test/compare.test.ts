import { describe, expect, it } from "vitest";
import { configurationsOf, differences, spreadWords } from "../src/results/compare.ts";
import { openRun } from "../src/results/run.ts";
import { intervalWith, membersOf, openingWith, routeWith } from "./intervals.ts";

function resultOf(latency: number, changes: Parameters<typeof openingWith>[0] = {}) {
  const run = openRun(openingWith({ stages: [{ name: "hold", to: 10, over: 5 }], ...changes }));
  for (let second = 1; second <= 5; second += 1) run.add(intervalWith(second, [routeWith({ ok: [1, latency] })]));
  return run.result("plan", 5, membersOf("w1"));
}
const plain = (words: readonly string[]) => words.map((word) => word.replaceAll("\u00a0", " "));

describe("comparing results", () => {
  it("takes the same plan with another seed for a repeat, and tells median and spread", () => {
    const found = configurationsOf([resultOf(12, { seed: 1 }), resultOf(11, { seed: 2 }), resultOf(14, { seed: 3 })]);
    expect(found).toHaveLength(1);
    expect(found[0]?.figures.p99.median).toBeCloseTo(12, 1);
    expect(plain([found[0] ? spreadWords("p99", found[0].figures.p99) : ""])).toEqual(["12 ms (11 ms to 14 ms)"]);
    expect(found[0]?.figures.rate).toEqual({ median: 2, low: 2, high: 2 });
  });

  it("names configurations by what differs", () => {
    const names = (...results: ReturnType<typeof resultOf>[]) => configurationsOf(results).map(({ name }) => name);
    expect(names(resultOf(1, { name: "a" }), resultOf(1, { name: "b" }))).toEqual(["a", "b"]);
    const one = resultOf(1);
    const elsewhere = { ...one, manifest: { ...one.manifest, host: "http://other" } };
    expect(names(one, elsewhere)).toEqual(["http://127.0.0.1:8080", "http://other"]);
    expect(names(one, resultOf(1, { wait: [0, 1] }))).toEqual(["trial #1", "trial #2"]);
  });

  it("says whether a difference is more than the repeats differ among themselves", () => {
    const before = [12, 11, 13].map((latency) => resultOf(latency));
    const told = (after: number[]) => {
      const names = [...before.map(() => "before"), ...after.map(() => "after")];
      const [a, b] = configurationsOf([...before, ...after.map((latency) => resultOf(latency))], names);
      return plain(a && b ? differences(a, b) : []).find((words) => words.startsWith("p99"));
    };
    expect(told([9, 8, 10])).toBe("p99 12 ms → 9 ms (−25 %), beyond the spread of the repeats");
    expect(told([11, 12.5, 9])).toMatch(/^p99 12 ms → 11 ms \(−8\.\d %\), within the spread of the 3 repeats$/);
    expect(told([9])).toContain("repeat it to know");
    expect(told([12])).toBe("p99 12 ms → 12 ms");
  });
});
