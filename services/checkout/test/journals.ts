import { connectRedis } from "@boutique/store/connection";
import { redisFor } from "@boutique/testkit/redis";
import { expect, type TestContext } from "vitest";
import { type Journal, LEASE_MS, MOST_ORDERS } from "../src/journal.ts";
import { createMemoryJournal } from "../src/memory-journal.ts";
import { createRedisJournal } from "../src/redis-journal.ts";

/** A journal, and how to have all leases run out that there are. */
interface Leased {
  readonly journal: Journal;
  readonly lapse: () => Promise<void>;
}

/** A journal in memory whose clock a test moves. */
function inMemory() {
  const clock = { now: Date.now() };
  const lapse = async () => {
    clock.now += LEASE_MS;
  };
  return { journal: createMemoryJournal(MOST_ORDERS, () => clock.now), lapse };
}

/** A journal in a Redis of the test's own. */
export async function onRedis(context: TestContext, ...options: string[]) {
  const server = await redisFor(context, ...options);
  const unreadable: string[] = [];
  const open = async () => {
    const where = { host: "127.0.0.1", port: server.port, db: 0, tls: false };
    const { redis, dependency } = connectRedis(where, "the order journal", { info() {}, warn() {} });
    context.onTestFinished(() => dependency.close());
    await expect.poll(dependency.ready).toBe(true);
    return { redis, journal: createRedisJournal(redis, (id) => unreadable.push(id)) };
  };
  const first = await open();
  const lapse = async () => {
    const ids = await first.redis.zrange("checkout:unsettled", "0", "-1");
    for (const id of ids) await first.redis.zadd("checkout:unsettled", "XX", "0", id);
  };
  return { server, open, unreadable, lapse, ...first };
}

/** Each kind of journal, for tests that hold for all. */
export const kinds: [string, (context: TestContext) => Promise<Leased>][] = [
  ["memory", async () => inMemory()],
  ["Redis", async (context) => onRedis(context)],
];
