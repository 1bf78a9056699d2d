import { describe, expect, it } from "vitest";
import type { SelfFigures } from "../src/load/interval.ts";
import { openRun } from "../src/results/run.ts";
import { judge, outcomeOf, verdictWords } from "../src/results/verdict.ts";
import { intervalWith, membersOf, openingWith, planWith, routeWith } from "./intervals.ts";

/** A run of 60 s in which one worker was busy for so many of them. */
function runWith(busySeconds: number, busy: Partial<SelfFigures>, from = 1, model: "users" | "rate" = "rate") {
  const run = openRun(openingWith({ model, warmUp: 5, stages: [{ name: "hold", to: 20, over: 65 }] }), 2);
  for (let second = 1; second <= 65; second += 1)
    for (const worker of ["w1", "w2"]) {
      const self = worker === "w2" && second >= from && second < from + busySeconds ? busy : {};
      run.add(intervalWith(second, [routeWith({ ok: [5] })], { worker, self }));
    }
  return run;
}

const plain = (words: readonly string[]) => words.map((word) => word.replaceAll("\u00a0", " "));

describe("whether it was the shop that was measured", () => {
  it("is valid while the workers keep up", () => {
    const result = runWith(0, {}).result("plan", 65, membersOf("w1", "w2"));
    expect([result.valid, result.flaws, outcomeOf(result)]).toEqual([true, [], "unasked"]);
  });

  it.each([
    [{ cpu: 0.97 }, "worker w2 was busy: 97 % of a core in 40 of 60 s: start more workers"],
    [{ loopP99: 180 }, "worker w2 was late to see answers, by up to 180 ms, in 40 of 60 s: start more workers"],
    [{ lateP99: 75 }, "worker w2 sent requests late, by up to 75 ms, in 40 of 60 s: start more workers"],
  ])("is not when a worker was busy: %o", (busy, words) => {
    const result = runWith(40, busy, 10).result("plan", 65, membersOf("w1", "w2"));
    expect(result.valid).toBe(false);
    expect(plain(result.flaws)).toEqual([words]);
    expect(outcomeOf(result)).toBe("invalid");
    expect(verdictWords(result).headline).toContain("Invalid");
  });

  it("does not mind late requests of shoppers, who come when they come", () => {
    expect(runWith(40, { lateP99: 75 }, 10, "users").result("plan", 65, []).valid).toBe(true);
  });

  it("forgives 1 second in 20, and the warm-up", () => {
    expect(runWith(3, { cpu: 1 }, 20).result("plan", 65, []).valid).toBe(true);
    expect(runWith(4, { cpu: 1 }, 20).result("plan", 65, []).valid).toBe(false);
    expect(runWith(5, { cpu: 1 }, 1).result("plan", 65, []).valid).toBe(true);
  });

  it("is not when a flaw was told, a worker was silent, or nothing was measured", () => {
    const run = runWith(0, {});
    run.flaw("worker w3 was lost after 12 s");
    run.flaw("worker w3 was lost after 12 s");
    const { valid, flaws } = run.result("plan", 65, membersOf("w1", "w2", "w4"));
    expect(valid).toBe(false);
    expect(flaws).toEqual(["worker w3 was lost after 12 s", "worker w4 never told anything: what it did is missing"]);
    expect(run.snapshot().flaws).toEqual(["worker w3 was lost after 12 s"]);

    const empty = openRun(openingWith({ warmUp: 10, objectives: { p99: 100 } }));
    empty.add(intervalWith(1, [routeWith({ ok: [1] })]));
    const nothing = empty.result("stopped", 1, membersOf("w1"));
    expect(plain(nothing.flaws)).toEqual(["it ended within its warm-up of 10 s: nothing was measured"]);
    expect(nothing.verdict.map(({ met }) => met)).toEqual([false]);
  });
});

describe("judging", () => {
  const resultOf = (ok: number[], failed: number[] = []) => {
    const run = openRun(openingWith({ objectives: { failRatio: 0.01, p50: 20, p99: 100 } }));
    run.add(intervalWith(1, [routeWith({ ok, failed })]));
    return run.result("plan", 1, membersOf("w1"));
  };
  const metOf = (result: ReturnType<typeof resultOf>) => result.verdict.map(({ objective, met }) => [objective, met]);

  it("says of each objective whether it was met", () => {
    const fine = resultOf([10, 10, 90]);
    expect(metOf(fine)).toEqual([
      ["failRatio", true],
      ["p50", true],
      ["p99", true],
    ]);
    expect(outcomeOf(fine)).toBe("met");
    const slow = resultOf([10, 10, 190]);
    expect(outcomeOf(slow)).toBe("missed");
    expect(verdictWords(slow).headline).toBe("Not met: p99.");
    expect(plain(verdictWords(slow).reasons)).toContain("p99 was 190 ms, 100 ms allowed");
  });

  it("does not take fast failures for a fast shop, nor forget slow ones", () => {
    const fast = resultOf(
      [500, 500],
      Array.from({ length: 98 }, () => 1),
    );
    expect(fast.total.percentiles["50"]).toBeLessThan(2);
    expect(metOf(fast)).toEqual([
      ["failRatio", false],
      ["p50", false],
      ["p99", false],
    ]);
    const slow = resultOf(
      Array.from({ length: 97 }, () => 5),
      [9_000, 9_000, 9_000],
    );
    expect(slow.total.ok.p99).toBeLessThan(10);
    expect(metOf(slow).at(-1)).toEqual(["p99", false]);
  });

  it("calls no latency short enough when nothing went well", () => {
    const { total } = resultOf([], [1, 1]);
    expect(judge({ p99: 100 }, total)).toMatchObject([{ objective: "p99", met: false }]);
  });
});

describe("ending early", () => {
  const runOf = (figures: { ok?: number[]; failed?: number[]; waiting?: number }[]) => {
    const plan = planWith({ stopWhen: { failRatio: 0.5, p99: 1_000, for: 5 }, warmUp: 2 });
    const run = openRun(openingWith(plan));
    return figures.map((second, index) => {
      run.add(intervalWith(index + 1, [routeWith(second)], { waiting: second.waiting ?? 0 }));
      return run.shouldStop();
    });
  };
  const many = <T>(length: number, of: T) => Array.from({ length }, () => of);

  it("waits until a limit was broken for so long on end, and leaves the warm-up out", () => {
    const stops = runOf([...many(4, { failed: [1] }), { ok: [1] }, ...many(6, { failed: [1] })]);
    expect(stops.indexOf(true)).toBe(9);
    expect(runOf(many(12, { ok: [10] }))).not.toContain(true);
    expect(runOf([...many(6, { ok: [10] }), ...many(5, { ok: [2_000] })]).indexOf(true)).toBe(10);
  });

  it("takes requests that wait in vain for slow", () => {
    expect(runOf([...many(3, { ok: [10] }), ...many(6, { waiting: 30 })])).toContain(true);
    expect(runOf([...many(3, { ok: [10] }), ...many(6, { waiting: 0 })])).not.toContain(true);
  });
});
