import type { RedisClient } from "@boutique/runtime/redis";
import { redisFor } from "@boutique/testkit/redis";
import { expect, it, onTestFinished } from "vitest";
import { openRecords } from "../src/open.ts";
import type { RedisAddress } from "../src/redis-address.ts";
import { readText, until } from "./connections.ts";

const named = { store: "the test store", things: "texts" };

/** An app that is told of a Redis or none, what it logs, and which clients it observes. */
function appWith(address: RedisAddress | "") {
  const lines: { level: string; words: string; fields: object }[] = [];
  const observed: RedisClient[] = [];
  return {
    settings: { REDIS_ADDR: address },
    log: {
      info: (fields: object, words: string) => void lines.push({ level: "info", words, fields }),
      warn: (fields: object, words: string) => void lines.push({ level: "warn", words, fields }),
    },
    observeRedis: (client: RedisClient) => void observed.push(client),
    lines,
    observed,
  };
}

it("records are kept in memory where no Redis is set, kind by kind, and the log warns of what that means", async () => {
  const app = appWith("");
  const { records, dependencies } = await openRecords(app, named);

  const [ones, twos] = [records("test:one", readText), records("test:two", readText)];
  await ones.keep("a", "one");

  expect(await ones.find("a")).toBe("one");
  expect(await twos.find("a")).toBeUndefined();
  expect([dependencies, app.observed]).toEqual([[], []]);
  expect(app.lines).toEqual([
    {
      level: "warn",
      words: "texts are kept in memory: known to this process alone, lost when it ends",
      fields: { store: "memory" },
    },
  ]);
});

it("records are kept in the Redis that is set, which is observed, and whose password the log does not say", async (context) => {
  const { port } = await redisFor(context, "--requirepass", "hunter2");
  const app = appWith({ host: "127.0.0.1", port, db: 0, tls: false, password: "hunter2" });
  const { records, dependencies } = await openRecords(app, named);
  onTestFinished(() => Promise.all(dependencies.map(({ close }) => close())).then(() => {}));
  for (const dependency of dependencies) await until(dependency, true);

  const [ones, twos] = [records("test:one", readText), records("test:two", readText)];
  await ones.keep("a", "one");

  expect(await ones.find("a")).toBe("one");
  expect(await twos.find("a")).toBeUndefined();
  expect([dependencies.length, app.observed.length]).toEqual([1, 1]);
  expect(app.lines.map(({ words }) => words)).toEqual(["texts are kept in Redis", "the test store is there"]);
  expect(JSON.stringify(app.lines)).not.toContain("hunter");
});
