import { redisMissing } from "@boutique/testkit/redis";
import { describe, expect, it } from "vitest";
import { rollOver } from "./rolling.ts";

// The long one is for the record: FAULTS_LONG=1 restarts one at a time, under ten thousand requests.
const long = process.env.FAULTS_LONG === "1";
const plan = long
  ? { requests: 10_000, pagesPerSecond: 100, atOnce: 1 }
  : { requests: 2_000, pagesPerSecond: 100, atOnce: 3 };

describe.skipIf(redisMissing && process.env.CI !== "true")("a shop with two of everybody", () => {
  it("is restarted, replica by replica, without a request that fails", { timeout: 600_000 }, async () => {
    const { requests, orders, failures, restarts, unclean } = await rollOver(plan);
    console.log(`${requests} requests, ${orders} orders, ${restarts} restarts, ${failures.length} failed`);

    expect(failures).toEqual([]);
    expect(unclean).toEqual([]);
    expect(requests).toBeGreaterThanOrEqual(plan.requests);
    expect(orders).toBeGreaterThan(0);
  });
});
