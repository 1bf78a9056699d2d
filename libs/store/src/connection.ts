import { isIP } from "node:net";
import type { Dependency } from "@boutique/runtime/start";
import { Redis } from "ioredis";
import { findMaster } from "./read-only.ts";
import { reasonOf } from "./reason.ts";
import type { RedisAddress } from "./redis-address.ts";

/** The part of the log that a connection writes to. */
export interface ConnectionLog {
  info(fields: object, words: string): void;
  warn(fields: object, words: string): void;
}

/**
 * A connection to Redis, which the log calls `what`, that begins at once, begins again for ever, and meanwhile fails commands at once instead of
 * keeping them: whoever asked is told in time, and nothing piles up.
 */
export function connectRedis({ tls, ...address }: RedisAddress, what: string, log: ConnectionLog) {
  const redis = new Redis({
    ...address,
    // Many servers at one address are told apart by name; an IP address is none.
    ...(tls && { tls: isIP(address.host) ? {} : { servername: address.host } }),
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // What was sent may have been done: adding again would count twice.
    autoResendUnfulfilledCommands: false,
    connectTimeout: 1_000,
    // Below the second that callers wait for a read, so that they learn the reason.
    commandTimeout: 800,
    // A peer that has not said a word for so long, though it was asked, is taken for gone.
    socketTimeout: 900,
    disconnectTimeout: 200,
    retryStrategy: (times) => Math.min(50 * 2 ** times, 1_000) * (0.5 + Math.random() / 2),
    reconnectOnError(error) {
      if (error.message.startsWith("READONLY")) master.refused(reasonOf(error));
      return false;
    },
  });
  const master = findMaster(redis, what, log);

  let ready: boolean | undefined;
  // The first error since the connection was last closed: those after it follow from it.
  let reason = "";
  let changed = () => {};
  const become = (now: boolean) => {
    if (now === ready) return;
    ready = now;
    if (now) log.info({}, `${what} is there`);
    else log.warn({ reason: reason || "it hung up" }, `${what} is away`);
    changed();
  };
  redis.on("ready", () => become(true));
  redis.on("close", () => {
    become(false);
    reason = "";
  });
  redis.on("error", (error: NodeJS.ErrnoException) => {
    reason ||= reasonOf(error);
    // Of a handshake that half succeeded ioredis makes a connection all the same, to a database that was not asked for.
    if (redis.status === "connect") redis.disconnect(true);
  });
  // What gives a silent peer a question to leave unanswered, when no shopper does.
  const probe = setInterval(() => redis.status === "ready" && redis.ping().catch(() => {}), 1_000).unref();

  const dependency: Dependency = {
    ready: () => ready === true,
    watch: (tell) => {
      changed = tell;
    },
    close: () => {
      clearInterval(probe);
      master.close();
      redis.removeAllListeners("close");
      redis.disconnect();
    },
  };
  return { redis, dependency };
}
