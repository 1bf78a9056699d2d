import type { Dependency } from "@boutique/runtime/start";
import { createMemoryRecords } from "@boutique/store/memory-records";
import type { Records } from "@boutique/store/records";
import { recordBusiness } from "@boutique/testkit/business";
import { type RedisServer, redisFor } from "@boutique/testkit/redis";
import { overTheWire } from "@boutique/testkit/wire";
import { Redis } from "ioredis";
import { onTestFinished, type TestContext } from "vitest";
import { createShipping } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";
import { openStore } from "../src/store.ts";

/** A shipping service, and what it says of its business. */
export async function open(parcels: Records<string> = createMemoryRecords()) {
  const recorded = recordBusiness();
  const handlers = createShipping(createSignals(recorded.business), parcels);
  return { ...recorded, shipping: await overTheWire("shipping", handlers) };
}

/** A shipping service for each kind of store, and a Redis of its own for the one that needs it. */
export const kinds: [string, (context: TestContext) => ReturnType<typeof open>][] = [
  ["memory", () => open()],
  ["Redis", async (context) => shippingOn(await redisFor(context))],
];

/** A shipping service on a Redis, once that is ready, closed with the test; with a connection of the test's own. */
export async function shippingOn({ port }: RedisServer) {
  const { parcels, dependencies } = await openStore({
    settings: { REDIS_ADDR: { host: "127.0.0.1", port, db: 0, tls: false } },
    log: { info() {}, warn() {} },
    observeRedis() {},
  });
  const redis = new Redis(port, { lazyConnect: true });
  onTestFinished(() => {
    for (const { close } of dependencies) close();
    redis.disconnect();
  });
  await until(dependencies, true);
  return { ...(await open(parcels)), dependencies, redis };
}

/** Resolves when all are ready, or none is. */
export const until = (dependencies: readonly Dependency[], ready: boolean) =>
  Promise.all(
    dependencies.map(
      (dependency) =>
        new Promise<void>((resolve) => {
          const look = () => {
            if (dependency.ready() === ready) resolve();
          };
          dependency.watch(look);
          look();
        }),
    ),
  );
