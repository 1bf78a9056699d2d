import { redisFor } from "@boutique/testkit/redis";
import { describe, expect, it } from "vitest";
import { recordsOn, until } from "./connections.ts";

const week = 7 * 24 * 3_600;
const away = "UNAVAILABLE: the test store is away";

describe("records in Redis", () => {
  it("are shared by all who use it: of two processes that ask at once one is first, and both agree", async (context) => {
    const server = await redisFor(context);
    const [here, there] = [await recordsOn(server), await recordsOn(server)];

    for (let round = 0; round < 50; round++) {
      const [one, two] = await Promise.all([
        here.records.keep(`${round}`, "here"),
        there.records.keep(`${round}`, "there"),
      ]);
      expect([one.first, two.first].filter(Boolean)).toHaveLength(1);
      expect(one.kept).toBe(two.kept);
    }
  });

  it("expire seven days after they were made, and what is counted of them too", async (context) => {
    const { records, redis } = await recordsOn(await redisFor(context));
    await records.keep("a", "one");
    await records.giveUp("b");
    await redis.pexpire("test:text:a", 5_000);

    await records.keep("a", "two");

    expect(await redis.ttl("test:text:a")).toBeLessThanOrEqual(5);
    for (const key of ["test:text:b", "test:text"]) {
      expect(await redis.ttl(key)).toBeGreaterThan(week - 60);
      expect(await redis.ttl(key)).toBeLessThanOrEqual(week);
    }
  });

  it("are counted no longer than they are there, and one that is made anew is the youngest", async (context) => {
    const { records, redis } = await recordsOn(await redisFor(context), { most: 2, surely: 0 });
    await records.keep("a", "one");
    await records.keep("b", "one");
    // As if both had been made eight days ago.
    const then = Date.now() * 1_000 - 8 * 24 * 3_600_000_000;
    await redis.zadd("test:text", `${then}`, "test:text:a", `${then + 1}`, "test:text:b");
    await redis.del("test:text:a", "test:text:b");

    await records.keep("a", "two");
    expect(await redis.zrange("test:text", "0", "-1")).toEqual(["test:text:a"]);
    await records.keep("c", "one");

    expect(await records.find("a")).toBe("two");
  });

  it("are at most so many, beside what others keep there", async (context) => {
    const { records, redis } = await recordsOn(await redisFor(context), { most: 10, surely: 0 });
    await redis.set("cart:ann", "hers");

    await Promise.all(Array.from({ length: 100 }, (_, i) => records.keep(`${i}`, `${i}`)));

    expect(await redis.dbsize()).toBe(1 + 1 + 10);
    expect(await redis.zcard("test:text")).toBe(10);
    expect(await redis.get("cart:ann")).toBe("hers");
  });

  it("survive a restart of a Redis that keeps a log, and being forgotten by its script cache", async (context) => {
    const server = await redisFor(context, "--appendonly", "yes", "--appendfsync", "always");
    const { records, dependency } = await recordsOn(server);
    await records.keep("a", "one");
    await records.giveUp("b");

    await server.kill();
    await until(dependency, false);
    await expect(records.keep("a", "two")).rejects.toThrow(away);
    await expect(records.giveUp("c")).rejects.toThrow(away);
    await expect(records.find("a")).rejects.toThrow(away);
    await server.start();
    await until(dependency, true);

    expect(await records.keep("a", "two")).toEqual({ kept: "one", first: false });
    expect(await records.keep("b", "two")).toEqual({ kept: undefined, first: false });
    expect(await records.keep("c", "one")).toEqual({ kept: "one", first: true });
  });

  it("tell who got no answer and asks again what came of it, whichever that is", async (context) => {
    const server = await redisFor(context);
    const { records, dependency } = await recordsOn(server);
    server.pause();
    await expect(records.keep("a", "one")).rejects.toThrow(away);
    await until(dependency, false);
    server.resume();
    await until(dependency, true);

    const { kept, first } = await records.keep("a", "two");

    expect(kept).toBe(first ? "two" : "one");
    expect(await records.find("a")).toBe(kept);
  });

  it.for([
    ["not JSON", "one"],
    ["another kind of value", "{}"],
    ["half a value", '"one'],
  ] as const)("that somebody else wrote are an error that names them, not a crash: %s", async ([, text], context) => {
    const { records, redis } = await recordsOn(await redisFor(context));
    await redis.set("test:text:a", text);

    const words = "what is kept in Redis by test:text:a makes no sense";
    await expect(records.find("a")).rejects.toThrow(words);
    await expect(records.keep("a", "one")).rejects.toThrow(words);
    await expect(records.giveUp("a")).rejects.toThrow(words);
    expect(await redis.get("test:text:a")).toBe(text);
  });
});
