import { expect, test } from "vitest";
import { createRecorder } from "../src/load/recorder.ts";

test("requests are written down by route, and are gone when they were taken", () => {
  const recorder = createRecorder();
  recorder.record("GET", "/cart", 1_500, 100, undefined);
  recorder.record("GET", "/cart", 2_500, 50, "503 Service Unavailable");
  recorder.record("POST", "/cart", 7, 0, undefined);
  const [get, post, ...others] = recorder.take();
  expect(others).toEqual([]);
  expect(get).toMatchObject({ method: "GET", name: "/cart", bytes: 150, errors: { "503 Service Unavailable": 1 } });
  expect([get?.ok.maxValue, get?.failed.totalCount]).toEqual([1_500, 1]);
  expect([post?.method, post?.ok.totalCount, post?.failed.totalCount]).toEqual(["POST", 1, 0]);
  expect(recorder.take()).toEqual([]);
});

test("no latency is too long for it, nor too short", () => {
  const recorder = createRecorder();
  for (const latency of [-3, 0, 3_600_000_000]) recorder.record("GET", "/", latency, 0, undefined);
  const [route] = recorder.take();
  expect(route?.ok.totalCount).toBe(3);
  expect(route?.ok.maxValue).toBeLessThan(601_000_000);
  expect(route?.ok.maxValue).toBeGreaterThan(599_000_000);
});

test("its memory is bounded: a hundred different words, and histograms as large as their latencies", () => {
  const recorder = createRecorder();
  for (let count = 0; count < 10_000; count += 1) recorder.record("GET", "/", 90_000, 10, `problem ${count}`);
  const [first] = recorder.take();
  expect(Object.keys(first?.errors ?? {})).toHaveLength(101);
  expect(first?.errors["other problems"]).toBe(9_900);
  expect(first?.failed.estimatedFootprintInBytes).toBeLessThan(40_000);
  recorder.record("GET", "/", 1, 0, "problem 10001");
  expect(recorder.take()[0]?.errors).toEqual({ "other problems": 1 });
});
