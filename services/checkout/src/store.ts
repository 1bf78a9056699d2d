import type { Dependency } from "@boutique/runtime/start";
import { type Opener, openRedis } from "@boutique/store/open";
import { redisAddress } from "@boutique/store/redis-address";
import type { Journal } from "./journal.ts";
import { createMemoryJournal } from "./memory-journal.ts";

/** What checkout can be told of its journal. */
export const storeSettings = {
  REDIS_ADDR: redisAddress(
    "The Redis that keeps the order journal; without one it is kept in this process, and lost with it.",
  ),
};

interface JournalOpener extends Opener {
  readonly log: Opener["log"] & { error(fields: object, words: string): void };
}

/** The journal that the settings ask for, and what of it can be away. */
export async function openJournal(
  app: JournalOpener,
): Promise<{ journal: Journal; dependencies: readonly Dependency[] }> {
  const { settings, log } = app;
  if (!settings.REDIS_ADDR) {
    log.warn(
      { store: "memory" },
      "orders are kept in memory: what is under way when this process dies is neither finished nor undone",
    );
    return { journal: createMemoryJournal(), dependencies: [] };
  }
  const named = { store: "the order journal", things: "orders" };
  const { redis, dependency } = await openRedis(app, settings.REDIS_ADDR, named);
  const { createRedisJournal } = await import("./redis-journal.ts");
  const unreadable = (order_id: string) => log.error({ order_id }, "an order cannot be read; it is left as it is");
  return { journal: createRedisJournal(redis, unreadable), dependencies: [dependency] };
}
