import type { Dependency } from "@boutique/runtime/start";
import type { RedisServer } from "@boutique/testkit/redis";
import { onTestFinished } from "vitest";
import { connectRedis } from "../src/connection.ts";
import { createRedisRecords, type Place } from "../src/redis-records.ts";

const silent = { info() {}, warn() {} };

/** Texts, which are all that these records hold. */
export const readText = (value: unknown) => (typeof value === "string" ? value : undefined);

/** A connection to a Redis that is ready, closed with the test, and records in it. */
export async function recordsOn({ port }: RedisServer, place: Partial<Place<string>> = {}) {
  const address = { host: "127.0.0.1", port, db: 0, tls: false };
  const { redis, dependency } = connectRedis(address, "the test store", silent);
  onTestFinished(() => dependency.close());
  await until(dependency, true);
  const records = createRedisRecords(redis, { store: "the test store", prefix: "test:text", read: readText, ...place });
  return { records, redis, dependency };
}

/** Resolves when a dependency is, or comes to be, ready or not. */
export const until = (dependency: Dependency, ready: boolean) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (dependency.ready() === ready) resolve();
    };
    dependency.watch(look);
    look();
  });
