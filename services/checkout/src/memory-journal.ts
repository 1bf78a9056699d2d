import { type Journal, LEASE_MS, LIFETIME_MS, MOST_LISTED, MOST_ORDERS } from "./journal.ts";
import { idOf, type Order } from "./order.ts";

interface Entry {
  readonly order: Order;
  readonly holder: string;
  /** When the lease ends; of a settled order never. */
  readonly until: number;
}

/** Orders of this process alone: what was settled is bounded by `most`, what is being settled by the calls in flight. */
export function createMemoryJournal(most = MOST_ORDERS, now: () => number = Date.now): Journal {
  // In the order in which they were written last.
  const entries = new Map<string, Entry>();
  const put = (order: Order, holder: string, until: number): boolean => {
    const id = idOf(order);
    if ((entries.get(id)?.holder ?? holder) !== holder) return false;
    entries.delete(id);
    entries.set(id, { order, holder, until });
    return true;
  };
  const dropOld = () => {
    for (const [id, { order, until }] of entries) {
      if (entries.size <= most && order.placedAt > now() - LIFETIME_MS) return;
      if (until === Number.POSITIVE_INFINITY) entries.delete(id);
    }
  };
  return {
    find: async (id) => entries.get(id)?.order,
    list: async (userId) =>
      [...entries.values()]
        .map(({ order }) => order)
        .filter(({ bill, step }) => bill.userId === userId && step === "confirmed")
        .sort((a, b) => b.placedAt - a.placedAt)
        .slice(0, MOST_LISTED),
    write: async (order, holder, lease = LEASE_MS) => put(order, holder, now() + lease),
    close: async (order, holder) => {
      const written = put(order, holder, Number.POSITIVE_INFINITY);
      dropOld();
      return written;
    },
    forget: async (order, holder) => {
      if ((entries.get(idOf(order))?.holder ?? holder) !== holder) return false;
      entries.delete(idOf(order));
      return true;
    },
    park: async (order, holder) => put({ ...order, tries: 0 }, holder, Number.POSITIVE_INFINITY),
    takeUp: async (holder, many) => {
      const due = [...entries.values()].filter(({ until }) => until <= now()).slice(0, many);
      return due.map(({ order: found }) => {
        const order = { ...found, tries: found.tries + 1 };
        entries.set(idOf(order), { order, holder, until: now() + LEASE_MS });
        return order;
      });
    },
  };
}
