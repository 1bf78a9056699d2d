import { RpcError } from "@boutique/rpc/error";
import { orAway } from "@boutique/store/reason";
import type { Redis } from "ioredis";
import { type Journal, LEASE_MS } from "./journal.ts";
import { forget, leave, prefix, takeUp, write } from "./journal-scripts.ts";
import { idOf, type Order } from "./order.ts";
import { readOrder } from "./read-order.ts";

const keyOf = (id: string) => `${prefix}order:${id}`;
const unsettled = `${prefix}unsettled`;
const settled = `${prefix}settled`;
const parked = `${prefix}parked`;
const ofShopper = (userId: string) => `${prefix}shopper:${userId}`;

type Scripted = Redis & {
  writeOrder(...args: (string | number)[]): Promise<number>;
  forgetOrder(...args: string[]): Promise<number>;
  takeUpOrders(...args: (string | number)[]): Promise<(string | number)[]>;
  leaveOrder(...args: string[]): Promise<unknown>;
};

/**
 * Orders in Redis, shared by all replicas. One that cannot be read, of another version perhaps, is left as it is for an
 * hour; `unreadable` is told.
 */
export function createRedisJournal(client: Redis, unreadable: (orderId: string) => void): Journal {
  client.defineCommand("writeOrder", { numberOfKeys: 5, lua: write });
  client.defineCommand("forgetOrder", { numberOfKeys: 2, lua: forget });
  client.defineCommand("takeUpOrders", { numberOfKeys: 2, lua: takeUp });
  client.defineCommand("leaveOrder", { numberOfKeys: 1, lua: leave });
  const redis = client as Scripted;
  let writes = 0;
  const put = async (order: Order, holder: string, lease: number | "settled" | "parked") => {
    const id = idOf(order);
    writes += 1;
    const keys = [keyOf(id), unsettled, settled, parked, ofShopper(order.bill.userId)];
    const listed = order.step === "confirmed" ? "1" : "0";
    const text = JSON.stringify(order);
    return (await away(redis.writeOrder(...keys, id, holder, writes, text, lease, listed))) === 1;
  };
  return {
    find: async (id) => {
      const text = await away(redis.hget(keyOf(id), "order"));
      const order = readOrder(text);
      if (text !== null && !order) throw new RpcError("INTERNAL", `order ${id} cannot be read`);
      return order;
    },
    list: async (userId) => {
      const ids = await away(redis.zrevrange(ofShopper(userId), 0, -1));
      const texts = await Promise.all(ids.map((id) => away(redis.hget(keyOf(id), "order"))));
      return texts.map(readOrder).filter((order) => order !== undefined);
    },
    write: (order, holder, lease = LEASE_MS) => put(order, holder, lease),
    close: (order, holder) => put(order, holder, "settled"),
    park: (order, holder) => put({ ...order, tries: 0 }, holder, "parked"),
    forget: async (order, holder) => {
      const id = idOf(order);
      return (await away(redis.forgetOrder(keyOf(id), unsettled, id, holder))) === 1;
    },
    takeUp: async (holder, most) => {
      const found = await away(redis.takeUpOrders(unsettled, parked, holder, most));
      const orders: Order[] = [];
      for (let at = 0; at < found.length; at += 3) {
        const [id = "", tries, text = ""] = found.slice(at, at + 3);
        const order = readOrder(String(text));
        if (order) orders.push({ ...order, tries: Number(tries) });
        else
          await redis
            .leaveOrder(unsettled, String(id))
            .catch(() => {})
            .then(() => unreadable(String(id)));
      }
      return orders;
    },
  };
}

const away = <T>(answer: Promise<T>) => orAway("the order journal", answer);
