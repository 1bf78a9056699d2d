import { redisFor } from "@boutique/testkit/redis";
import { describe, expect, it, type TestContext } from "vitest";
import { createMemoryRecords } from "../src/memory-records.ts";
import type { Records } from "../src/records.ts";
import { recordsOn } from "./connections.ts";

const kinds: [string, (context: TestContext, most?: number, surely?: number) => Promise<Records<string>>][] = [
  ["memory", async (_, most, surely = 0) => createMemoryRecords<string>(most === undefined ? {} : { most, surely })],
  [
    "Redis",
    async (context, most, surely = 0) =>
      (await recordsOn(await redisFor(context), most === undefined ? {} : { most, surely })).records,
  ],
];

describe.each(kinds)("a record in %s", (_, open) => {
  it("is what was kept first, whatever comes after", async (context) => {
    const records = await open(context);

    expect(await records.find("a")).toBeUndefined();
    expect(await records.keep("a", "one")).toEqual({ kept: "one", first: true });
    expect(await records.keep("a", "two")).toEqual({ kept: "one", first: false });
    expect(await records.giveUp("a")).toBe("one");
    expect(await records.find("a")).toBe("one");
  });

  it("is not, for good, once its key was given up", async (context) => {
    const records = await open(context);

    expect(await records.giveUp("a")).toBeUndefined();
    expect(await records.giveUp("a")).toBeUndefined();
    expect(await records.keep("a", "one")).toEqual({ kept: undefined, first: false });
    expect(await records.find("a")).toBeUndefined();
  });

  it("has nothing to do with another key, and takes names that mean something to programs for what they are", async (context) => {
    const records = await open(context);
    const keys = ["__proto__", "constructor", "", "*", "a b\r\nc", "a:b"];

    for (const key of keys) await records.keep(key, key);

    expect(await Promise.all(keys.map((key) => records.find(key)))).toEqual(keys);
  });

  it("may hold no text at all, and is none the less there", async (context) => {
    const records = await open(context);

    await records.keep("a", "");

    expect(await records.keep("a", "one")).toEqual({ kept: "", first: false });
    expect(await records.giveUp("a")).toBe("");
  });

  it("has one first of all who ask at once, some to keep it and some to give it up, and all agree", async (context) => {
    const records = await open(context);

    for (let round = 0; round < 20; round++) {
      const asked = Array.from({ length: 20 }, (_, i) =>
        (i + round) % 3 === 0 ? records.giveUp(`${round}`) : records.keep(`${round}`, `${i}`),
      );
      const told = await Promise.all(asked);

      const firsts = told.filter((answer) => typeof answer === "object" && answer.first);
      const values = new Set(told.map((answer) => (typeof answer === "object" ? answer.kept : answer)));
      expect(values.size).toBe(1);
      expect(firsts).toHaveLength(values.has(undefined) ? 0 : 1);
    }
  });

  it("is kept for an hour however many there are: who asked may not know yet what came of it", async (context) => {
    const records = await open(context, 3, 3_600_000);
    for (const key of ["a", "b", "c", "d", "e"]) await records.keep(key, key);

    expect(await records.find("a")).toBe("a");
  });

  it("is forgotten when there are too many: the oldest, of what was kept and what was given up", async (context) => {
    const records = await open(context, 3);
    await records.keep("a", "a");
    await records.giveUp("b");
    await records.keep("c", "c");
    await records.keep("a", "again");

    await records.keep("d", "d");
    expect(await records.find("a")).toBeUndefined();
    expect(await records.keep("b", "b")).toEqual({ kept: undefined, first: false });

    await records.keep("e", "e");
    expect(await records.keep("b", "b")).toEqual({ kept: "b", first: true });
    expect(await Promise.all(["c", "d", "e"].map((key) => records.find(key)))).toEqual([undefined, "d", "e"]);
  });
});
