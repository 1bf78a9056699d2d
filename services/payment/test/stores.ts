import type { Client } from "@boutique/contract/topology";
import type { Dependency } from "@boutique/runtime/start";
import { type RedisServer, redisFor } from "@boutique/testkit/redis";
import { Redis } from "ioredis";
import { onTestFinished, type TestContext } from "vitest";
import { openStore } from "../src/store.ts";
import { open } from "./open.ts";

/** A payment service, and what it says of its business. */
export type Opened = Awaited<ReturnType<typeof open>>;

/** A payment service for each kind of store, and a Redis of its own for the one that needs it. */
export const kinds: [string, (context: TestContext, now?: () => Date) => Promise<Opened>][] = [
  ["memory", (_, now) => open(now && { now })],
  ["Redis", async (context, now) => paymentOn(await redisFor(context), now)],
];

/** A payment service on a Redis, once that is ready, closed with the test; with a connection of the test's own. */
export async function paymentOn({ port }: RedisServer, now?: () => Date) {
  const { store, dependencies } = await openStore({
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
  return { ...(await open({ store, ...(now && { now }) })), dependencies, redis };
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

/** What a metric came to, over all its labels. */
export async function figureOf({ metrics }: Opened, name: string): Promise<number> {
  const lines = (await metrics())
    .split("\n")
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}

/** The transaction ids that so many charges, all at once, are answered with. */
export const chargedBy = async (charges: readonly ReturnType<Client<"payment">["charge"]>[]) =>
  new Set((await Promise.all(charges)).map(({ transactionId }) => transactionId));
