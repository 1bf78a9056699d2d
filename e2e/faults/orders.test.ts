import { redisMissing } from "@boutique/testkit/redis";
import { describe, expect, it } from "vitest";
import { inFigures } from "../../scripts/chaos/figures.ts";
import { everyStepAndSleep } from "./blows.ts";
import { besiege } from "./siege.ts";

const SEED = Number(process.env.FAULTS_SEED ?? 1);

describe.skipIf(redisMissing && process.env.CI !== "true")("orders, while those they go through are killed", () => {
  it(`happen once or not at all, at whatever step that is (seed ${SEED})`, { timeout: 240_000 }, async () => {
    const outcome = await besiege({ seed: SEED, rows: everyStepAndSleep, shoppers: 16, pause: 100, gap: 0 });
    console.log(inFigures(outcome));

    expect(outcome.violations).toEqual([]);
    expect(outcome.blows.get("checkout freeze")).toBeGreaterThan(0);
    expect(outcome.missed).toBeLessThanOrEqual(2);
    expect(outcome.unsettled).toBe(0);
    expect(outcome.unknown).toBe(0);
    expect(outcome.confirmed).toBeGreaterThan(0);
    expect(outcome.refunded).toBeGreaterThan(0);
  });
});
