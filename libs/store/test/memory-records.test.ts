import { expect, it } from "vitest";
import { createMemoryRecords } from "../src/memory-records.ts";

const day = 24 * 3_600_000;

it("a record is kept for seven days from when it was made, however often it is asked for", async () => {
  let now = 0;
  const records = createMemoryRecords<string>({ now: () => now });
  await records.keep("a", "one");
  await records.giveUp("b");

  now = 7 * day - 1;
  expect(await records.keep("a", "two")).toEqual({ kept: "one", first: false });
  expect(await records.keep("b", "two")).toEqual({ kept: undefined, first: false });
  now = 7 * day;
  expect(await records.find("a")).toBeUndefined();
  expect(await records.keep("b", "two")).toEqual({ kept: "two", first: true });
});

it("a record that is made anew once it expired is the youngest, not the oldest", async () => {
  let now = 0;
  const records = createMemoryRecords<string>({ most: 2, surely: 0, now: () => now });
  await records.keep("a", "one");
  now = 1;
  await records.keep("b", "one");
  now = 7 * day;
  await records.keep("a", "two");

  await records.keep("c", "one");

  expect(await records.find("a")).toBe("two");
  expect(await records.find("b")).toBeUndefined();
});
