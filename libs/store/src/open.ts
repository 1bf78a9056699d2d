import type { RedisClient } from "@boutique/runtime/redis";
import type { Dependency } from "@boutique/runtime/start";
import type { ConnectionLog } from "./connection.ts";
import { createMemoryRecords } from "./memory-records.ts";
import type { Read, Records } from "./records.ts";
import type { RedisAddress } from "./redis-address.ts";
import { createRedisRecords } from "./redis-records.ts";

/** What a service opens its store with: its app, as `boot` makes it. */
export interface Opener {
  readonly settings: { readonly REDIS_ADDR: RedisAddress | "" };
  readonly log: ConnectionLog;
  readonly observeRedis: (client: RedisClient, up: () => boolean) => void;
}

/** What a store is called, as in "the cart store", and what is in it, as in "carts". */
export interface Named {
  readonly store: string;
  readonly things: string;
}

/**
 * Connects to the Redis at an address, has its commands observed, and says that things are kept there. The client is
 * loaded only now: a service that is told of no Redis does not pay for it.
 */
export async function openRedis({ log, observeRedis }: Opener, address: RedisAddress, { store, things }: Named) {
  const { connectRedis } = await import("./connection.ts");
  const { host, port, db, tls } = address;
  log.info({ store: "redis", host, port, db, tls }, `${things} are kept in Redis`);
  const connection = connectRedis(address, store, log);
  observeRedis(connection.redis, connection.dependency.ready);
  return connection;
}

/** A store of records of several kinds, and what of it can be away. */
export interface RecordStore {
  /** The records of one kind, whose keys begin with `prefix`, as in "payment:charge". */
  records<T extends object | string>(prefix: string, read: Read<T>): Records<T>;
  readonly dependencies: readonly Dependency[];
}

/** Opens a store of records where the settings say: in Redis, or without one in memory, which the log warns of. */
export async function openRecords(app: Opener, named: Named): Promise<RecordStore> {
  const { REDIS_ADDR: address } = app.settings;
  if (!address) {
    const words = `${named.things} are kept in memory: known to this process alone, lost when it ends`;
    app.log.warn({ store: "memory" }, words);
    return { records: () => createMemoryRecords(), dependencies: [] };
  }
  const { redis, dependency } = await openRedis(app, address, named);
  return {
    records: (prefix, read) => createRedisRecords(redis, { store: named.store, prefix, read }),
    dependencies: [dependency],
  };
}
