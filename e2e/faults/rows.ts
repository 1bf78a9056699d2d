import { setTimeout as sleep } from "node:timers/promises";
import { isServing } from "./balancer.ts";
import type { Boutique, Callee } from "./boutique.ts";
import { commandRedis } from "./commands.ts";

/** Something that happens to a part of the shop, and its end. */
export interface Row {
  readonly part: Callee;
  readonly fault: string;
  /** Whether the shop does as ever without this part. */
  readonly optional: boolean;
  /** What was kept is gone afterwards, and may be. */
  readonly loses?: boolean;
  /** Whether the order was heard of may be known or not, as it happens: both are right. */
  readonly unsure?: boolean;
  /** How long pages have what they need of it by heart, in milliseconds. */
  readonly kept?: number;
  begin(shop: Boutique): Promise<void>;
  /** Ends it; resolves once the part is there again. */
  end(shop: Boutique): Promise<void>;
}

const SLOW_MS = 2_000;

type Fault = Pick<Row, "begin" | "end">;

const doorsBecome =
  (part: Callee, manner: Parameters<ReturnType<Boutique["doorsTo"]>[number]["become"]>[0]) =>
  async ({ doorsTo }: Boutique): Promise<void> =>
    void (await Promise.all(doorsTo(part).map((door) => door.become(manner))));

const replicasOf = (shop: Boutique, part: Callee) =>
  part === "redis" || part === "packaging" ? [] : shop.replicas(part);

/** What can happen to everybody: who is no process of the shop's is cut off instead. */
function faultsOf(part: Callee): Readonly<Record<string, Fault>> {
  const outside = part === "packaging";
  const pass = doorsBecome(part, "pass");
  return {
    dead: outside
      ? { begin: doorsBecome(part, "refuse"), end: pass }
      : {
          begin: async (shop) => void (await Promise.all(replicasOf(shop, part).map((replica) => replica.kill()))),
          end: async (shop) => void (await Promise.all(replicasOf(shop, part).map((replica) => replica.start()))),
        },
    hung: outside
      ? { begin: doorsBecome(part, "hold"), end: pass }
      : {
          begin: async (shop) => {
            for (const replica of replicasOf(shop, part)) replica.freeze();
          },
          end: async (shop) => {
            for (const replica of replicasOf(shop, part)) replica.thaw();
          },
        },
    "2 s late": { begin: doorsBecome(part, { late: SLOW_MS }), end: pass },
    garbage: { begin: doorsBecome(part, "garble"), end: pass },
  };
}

const told =
  (...command: string[]) =>
  (shop: Boutique) =>
    commandRedis(shop.redis.port, command);

/** Resolves once all who use Redis have found it again. */
async function untilFound(shop: Boutique): Promise<void> {
  for (const replica of redisUsers.flatMap((name) => shop.replicas(name))) {
    while (!(await isServing(replica))) await sleep(20);
  }
}
const redisUsers = ["cart", "checkout", "payment", "shipping"] as const;

/** What can happen to Redis, which has ways of its own. */
const ofRedis: Readonly<Record<string, Fault & { loses?: boolean }>> = {
  dead: { begin: ({ redis }) => redis.kill(), end: (shop) => shop.restartRedis() },
  hung: { begin: async ({ redis }) => redis.pause(), end: async ({ redis }) => redis.resume() },
  "2 s late": { begin: doorsBecome("redis", { late: SLOW_MS }), end: doorsBecome("redis", "pass") },
  garbage: { begin: doorsBecome("redis", "garble"), end: doorsBecome("redis", "pass") },
  "restarted with its data": {
    begin: async (shop) => {
      await shop.redis.kill();
      await shop.restartRedis();
      await untilFound(shop);
    },
    end: async () => {},
  },
  "restarted empty": {
    loses: true,
    begin: async (shop) => {
      await shop.redis.kill();
      await shop.restartRedis({ empty: true });
      await untilFound(shop);
    },
    end: async () => {},
  },
  "out of memory": { begin: told("CONFIG", "SET", "maxmemory", "1"), end: told("CONFIG", "SET", "maxmemory", "0") },
  "a read-only replica": { begin: told("REPLICAOF", "127.0.0.1", "1"), end: told("REPLICAOF", "NO", "ONE") },
  "another password": {
    begin: async ({ redis }) => {
      await commandRedis(redis.port, ["CONFIG", "SET", "requirepass", "another"]);
      await commandRedis(redis.port, ["CLIENT", "KILL", "TYPE", "normal"], "another");
    },
    end: ({ redis }) => commandRedis(redis.port, ["CONFIG", "SET", "requirepass", ""], "another"),
  },
};

const optional: readonly Callee[] = ["ad", "recommendation", "packaging", "email"];
const needed: readonly Callee[] = ["catalog", "currency", "cart", "shipping", "payment", "checkout"];

/** What does not change with the shopper is kept for five seconds. */
const keptOf: Readonly<Partial<Record<Callee, number>>> = { catalog: 5_200, currency: 5_200 };

/** All that the shop is put through. */
export const rows: readonly Row[] = [
  ...[...optional, ...needed].flatMap((part) =>
    Object.entries(faultsOf(part)).map(([fault, how]) => ({
      part,
      fault,
      optional: optional.includes(part),
      kept: keptOf[part] ?? 0,
      unsure: part === "checkout" || (part === "payment" && fault === "garbage"),
      ...how,
    })),
  ),
  ...Object.entries(ofRedis).map(([fault, how]) => ({ part: "redis" as const, fault, optional: false, ...how })),
];
