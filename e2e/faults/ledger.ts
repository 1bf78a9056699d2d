import { setTimeout as sleep } from "node:timers/promises";
import type { Message } from "@boutique/contract/proto";
import type { Money } from "@boutique/money/money";
import { connectRedis } from "@boutique/store/connection";
import type { Boutique } from "./boutique.ts";

/** An order as the journal has it in the end. */
export interface Entry {
  readonly orderId: string;
  readonly userId: string;
  readonly step: string;
  readonly total: Money;
  /** How many of which product. */
  readonly lines: ReadonlyMap<string, number>;
  readonly transactionId?: string;
  readonly trackingId?: string;
}

/** A charge as payment has it in the end. */
export interface Charged extends Money {
  readonly refunded: boolean;
}

/** All that was written down of orders, by those who wrote it. */
export interface Ledger {
  readonly orders: readonly Entry[];
  /** By transaction id. */
  readonly charges: ReadonlyMap<string, Charged>;
  /** Tracking ids of parcels. */
  readonly parcels: ReadonlySet<string>;
}

const silent = { info: () => {}, warn: () => {} };

/** A connection to a shop's Redis, for as long as some work takes. */
async function withRedis<T>({ redis }: Boutique, work: (client: Client) => Promise<T>): Promise<T> {
  const address = { host: "127.0.0.1", port: redis.port, db: 0, tls: false };
  const { redis: client, dependency } = connectRedis(address, "the ledger", silent);
  while (!dependency.ready()) await sleep(10);
  try {
    return await work(client);
  } finally {
    await dependency.close();
  }
}

type Client = ReturnType<typeof connectRedis>["redis"];

/** Waits until no order is under way any more, for so many milliseconds at most; returns how many still are. */
export const untilSettled = (shop: Boutique, patience: number): Promise<number> =>
  withRedis(shop, async (client) => {
    const late = performance.now() + patience;
    for (;;) {
      const left = await client.zcard("checkout:unsettled");
      if (left === 0 || performance.now() > late) return left;
      await sleep(100);
    }
  });

/** Reads it all out of Redis. */
export const readLedger = (shop: Boutique): Promise<Ledger> =>
  withRedis(shop, async (client) => {
    const read = async (pattern: string) => {
      const keys = await client.keys(pattern);
      return Promise.all(keys.map(async (key) => [key.slice(pattern.length - 1), await client.get(key)] as const));
    };
    const given = ([, text]: readonly [string, string | null]) => text !== null && text !== "";
    const refunds = new Set((await read("payment:refund:*")).filter(given).map(([id]) => id));
    const charges = (await read("payment:charge:*")).filter(given).map(([id, text]) => {
      const { refundId, ...amount }: Money & { refundId: string } = JSON.parse(text ?? "");
      return [id, { ...amount, refunded: refunds.has(refundId) }] as const;
    });
    const parcels = (await read("shipping:parcel:*")).filter(given).map(([, text]) => JSON.parse(text ?? ""));
    const keys = await client.keys("checkout:order:*");
    const orders = await Promise.all(keys.map(async (key) => entryOf(await client.hget(key, "order"))));
    return { orders, charges: new Map(charges), parcels: new Set(parcels) };
  });

function entryOf(text: string | null): Entry {
  const { bill, step, transactionId, trackingId } = JSON.parse(text ?? "");
  const { orderId, items } = bill.order as Message<"OrderResult">;
  const lines = new Map(items.map(({ item }) => [item?.productId ?? "", item?.quantity ?? 0]));
  return { orderId, userId: bill.userId, total: bill.total, lines, step, transactionId, trackingId };
}
