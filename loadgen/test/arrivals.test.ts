import { expect, test } from "vitest";
import { runShare } from "../src/load/engine.ts";
import { begin, brief, nobodyThere, open, openShop, run } from "./at-work.ts";
import { createLittleShop } from "./little-shop.ts";

test("a shop that stalls is charged for all who would have come meanwhile", async () => {
  let stalled = Promise.resolve();
  setTimeout(() => {
    stalled = new Promise((resolve) => setTimeout(resolve, 600));
  }, 300);
  const shop = createLittleShop();
  const host = await open((request, response) => void stalled.then(() => shop(request, response)));
  const { latencies, ok } = await run(brief(1.5, { rate: 100 }, { profile: "browse" }), host);
  expect(ok).toBe(150);
  expect(latencies.getValueAtPercentile(99)).toBeGreaterThan(450_000);
  // Of the 60 that came in these 600 ms, half waited for more than 300.
  expect(latencies.getValueAtPercentile(80)).toBeGreaterThan(150_000);
});

test("a load generator that stalls charges itself: latencies count from when requests were due", async () => {
  const host = await openShop();
  const work = begin(brief(1.5, { rate: 100 }, { profile: "browse" }), host);
  setTimeout(() => {
    const end = performance.now() + 600;
    while (performance.now() < end);
  }, 300);
  const { latencies, told, ok } = await work.done;
  expect(ok).toBe(150);
  expect(latencies.getValueAtPercentile(99)).toBeGreaterThan(450_000);
  expect(Math.max(...told.map(({ self }) => self.lateP99))).toBeGreaterThan(450);
  expect(Math.max(...told.map(({ self }) => self.loopMax))).toBeGreaterThan(450);
});

test("what cannot be sent is a failure that counts as long as the longest wait", async () => {
  const host = await open(() => {});
  // One of ten thousand workers may have one request in progress.
  const share = {
    plan: brief(1, { rate: 200_000 }, { timeout: 1 }),
    host,
    worker: "w",
    index: 0,
    of: 10_000,
    startAt: Date.now(),
  };
  const errors: Record<string, number> = {};
  let longest = 0;
  await runShare(share, ({ routes }) => {
    for (const route of routes) {
      Object.assign(errors, route.errors);
      longest = Math.max(longest, route.failed.maxValue);
    }
  }).done;
  expect(errors).toEqual({ "not sent: 1 requests in progress": 19, "timeout after 1 s": 1 });
  expect(longest).toBeGreaterThan(999_000);
});

test("a shop that is not there makes failures, not errors", async () => {
  const host = await nobodyThere();
  const { errors, ok, failed } = await run(brief(0.5, { rate: 40 }, { profile: "browse" }), host);
  expect([ok, failed]).toEqual([0, 20]);
  expect(Object.keys(errors).every((words) => words.endsWith(": connection refused"))).toBe(true);
});
