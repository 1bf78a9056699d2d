import { expect, it } from "vitest";
import { createClockCheck, drifted, unsure } from "../src/crew/clock.ts";

it("believes the quickest of the last answers", () => {
  const clock = createClockCheck();
  expect(clock.figures()).toBeUndefined();
  clock.heard(1_000, 1_200, 61_190);
  clock.heard(2_000, 2_004, 62_002);
  clock.heard(3_000, 3_100, 63_010);
  expect(clock.figures()).toEqual({ ahead: 60_000, within: 3 });

  for (let i = 0; i < 10; i += 1) clock.heard(4_000, 4_020, 4_010 + 60_500);
  expect(clock.figures()).toEqual({ ahead: 60_500, within: 11 });
});

it("says when a clock is not known well enough, and when it went wrong", () => {
  expect(unsure("ann", { ahead: 1e6, within: 50 })).toBeUndefined();
  expect(unsure("ann", { ahead: 0, within: 80.4 })).toContain("the clock of worker ann is known to 80 ms only");
  expect(drifted("ann", { ahead: 10, within: 20 }, { ahead: 100, within: 20 })).toBeUndefined();
  expect(drifted("ann", { ahead: 100, within: 1 }, { ahead: -100, within: 1 })).toContain(
    "the clock of worker ann went back by 200 ms during the run",
  );
});
