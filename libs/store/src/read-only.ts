import type { Redis } from "ioredis";
import type { ConnectionLog } from "./connection.ts";

/** How long between two looks for one that takes writes, milliseconds. */
const EVERY_MS = 1_000;

/**
 * Finds the way from a Redis that was a master until now to the one that is. To begin the connection again at every write
 * that is refused would fail the reads, which go on: so somebody looks first, over a connection of its own, where the
 * address leads to by now. Returns what is to be told of a refused write, and how to look no more.
 */
export function findMaster(redis: Redis, what: string, log: ConnectionLog) {
  let readOnly = false;
  let looking = false;
  const look = async () => {
    if (!readOnly || looking) return;
    looking = true;
    const promoted = await isMaster(redis);
    const moved = !promoted && (await leadsToMaster(redis));
    looking = false;
    // It may have been lost meanwhile, and is then begun again anyway.
    if (!readOnly || redis.status !== "ready") return;
    if (moved) redis.disconnect(true);
    if (!promoted) return;
    readOnly = false;
    log.info({}, `${what} takes writes again`);
  };
  const timer = setInterval(look, EVERY_MS).unref();
  redis.on("close", () => {
    readOnly = false;
  });
  return {
    refused(reason: string) {
      if (readOnly) return;
      readOnly = true;
      log.warn({ reason }, `${what} takes no writes`);
      void look();
    },
    close: () => clearInterval(timer),
  };
}

/** Whether a Redis says that it takes writes; one that says nothing is none that does. */
const isMaster = (redis: Redis): Promise<boolean> =>
  redis.info("replication").then(
    (words) => words.includes("role:master"),
    () => false,
  );

/** The same of whichever its address leads to now. */
async function leadsToMaster(redis: Redis): Promise<boolean> {
  const other = redis.duplicate({ lazyConnect: true, retryStrategy: () => null, reconnectOnError: null });
  other.on("error", () => {});
  try {
    await other.connect();
    return await isMaster(other);
  } catch {
    return false;
  } finally {
    other.disconnect();
  }
}
