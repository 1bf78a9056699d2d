import { describe, expect, it } from "vitest";
import { type Journal, LEASE_MS, LIFETIME_MS, MOST_LISTED, MOST_ORDERS, SURELY_MS } from "../src/journal.ts";
import { createMemoryJournal } from "../src/memory-journal.ts";
import type { Order } from "../src/order.ts";
import { kinds, onRedis } from "./journals.ts";
import { creditCard, order, request, shopWhere } from "./shop.ts";

const confirmed = (orderId: string, placedAt = Date.now()): Order => ({
  ...order(orderId, placedAt),
  step: "confirmed",
});

describe.each(kinds)("a journal in %s", (_, open) => {
  it("keeps what was written, and no card", async (context) => {
    const { journal } = await open(context);

    expect(await journal.write(order("A"), "one")).toBe(true);

    expect(await journal.find("A")).toEqual(order("A"));
    expect(JSON.stringify(await journal.find("A"))).not.toContain(creditCard.creditCardNumber);
    expect(await journal.find("B")).toBeUndefined();
  });

  it("lets nobody write to an order that another holds, who goes on", async (context) => {
    const { journal } = await open(context);
    await journal.write(order("A"), "one");

    expect(await journal.write(order("A"), "two")).toBe(false);
    expect(await journal.close(confirmed("A"), "two")).toBe(false);
    expect(await journal.forget(order("A"), "two")).toBe(false);
    expect(await journal.close(confirmed("A"), "one")).toBe(true);
    expect(await journal.find("A")).toMatchObject({ step: "confirmed" });
  });

  it("gives an order whose lease ran out to one of many, and takes it from who had it", async (context) => {
    const { journal } = await open(context);
    await journal.write(order("A"), "one", 0);
    await journal.write(order("B"), "one", LEASE_MS);

    const takers = Array.from({ length: 10 }, (_, taker) => journal.takeUp(`taker-${taker}`, 5));
    const taken = (await Promise.all(takers)).flat();

    expect(taken.map(({ bill }) => bill.order.orderId)).toEqual(["A"]);
    expect(await journal.write(order("A"), "one")).toBe(false);
    expect(await journal.takeUp("late", 5)).toEqual([]);
  });

  it("forgets what came to nothing, so that it can be begun anew", async (context) => {
    const { journal } = await open(context);
    await journal.write(order("A"), "one", 0);

    expect(await journal.forget(order("A"), "one")).toBe(true);

    expect(await journal.find("A")).toBeUndefined();
    expect(await journal.takeUp("two", 5)).toEqual([]);
    expect(await journal.write(order("A"), "two")).toBe(true);
  });

  it("gives no settled order to anybody", async (context) => {
    const { journal } = await open(context);
    await journal.write(order("A"), "one", 0);
    await journal.close({ ...order("A"), step: "failed" }, "one");

    expect(await journal.takeUp("two", 5)).toEqual([]);
  });

  it("lists the latest confirmed orders of a shopper, and none of anybody else", async (context) => {
    const { journal } = await open(context);
    for (let at = 0; at < MOST_LISTED + 5; at += 1) {
      await journal.write(confirmed(`A${10 + at}`, 1_000 + at), "one");
    }
    await journal.write(order("B"), "one");

    const listed = await journal.list("ada");
    expect(listed).toHaveLength(MOST_LISTED);
    expect(listed[0]?.bill.order.orderId).toBe(`A${10 + MOST_LISTED + 4}`);
    expect(await journal.list("eve")).toEqual([]);
  });
});

/** Closes somewhat more orders than are kept. */
async function closeMany(journal: Journal) {
  for (let at = 0; at < 20; at += 1) {
    const some = Array.from({ length: 501 }, (_, of) => journal.close(confirmed(`A${at}-${of}`), "one"));
    await Promise.all(some);
  }
}

describe("a journal in memory", () => {
  it(`forgets the oldest of more than ${MOST_ORDERS} settled orders, however young: it is no store`, async () => {
    const journal = createMemoryJournal();
    await closeMany(journal);

    expect(await journal.find("A0-0")).toBeUndefined();
    expect(await journal.find("A19-500")).toBeDefined();
  }, 20_000);
});

describe("a journal in Redis", () => {
  it("is shared by replicas, and outlives them", async (context) => {
    const { journal, open } = await onRedis(context);
    await journal.write(order("A"), "one", 0);

    const { journal: other } = await open();

    expect((await other.takeUp("two", 5)).map(({ bill }) => bill.order.orderId)).toEqual(["A"]);
    expect(await journal.write(order("A"), "one")).toBe(false);
  });

  it("leaves an order that it cannot read, says so once, and goes on with the others", async (context) => {
    const { journal, redis, unreadable } = await onRedis(context);
    await redis.hset("checkout:order:OLD", "holder", "one", "order", "{");
    await redis.zadd("checkout:unsettled", 0, "OLD");
    await journal.write(order("A"), "one", 0);

    expect((await journal.takeUp("two", 5)).map(({ bill }) => bill.order.orderId)).toEqual(["A"]);
    expect(await journal.takeUp("two", 5)).toEqual([]);
    expect(unreadable).toEqual(["OLD"]);
    await expect(journal.find("OLD")).rejects.toThrow("INTERNAL: order OLD cannot be read");
  });

  it("is not undone by a write that was late", async (context) => {
    const { journal, redis } = await onRedis(context);
    await journal.write(order("A"), "one");
    await journal.close(confirmed("A"), "one");

    const keys = ["order:A", "unsettled", "settled", "parked", "shopper:ada"].map((key) => `checkout:${key}`);
    const late = redis as unknown as { writeOrder(...args: unknown[]): Promise<number> };
    expect(await late.writeOrder(...keys, "A", "one", 1, JSON.stringify(order("A")), LEASE_MS, "0")).toBe(0);

    expect(await journal.find("A")).toMatchObject({ step: "confirmed" });
    expect(await journal.takeUp("two", 5)).toEqual([]);
  });

  it("keeps what was parked, whatever else is forgotten, until somebody has it taken up again", async (context) => {
    const { journal, redis } = await onRedis(context);
    await journal.write(order("A"), "one", 0);
    const [taken] = await journal.takeUp("two", 5);
    expect(taken?.tries).toBe(1);
    await journal.park(order("A"), "two");
    expect(await redis.zrange("checkout:settled", "0", "-1")).toEqual([]);
    expect(await journal.takeUp("three", 5)).toEqual([]);

    await redis.zadd("checkout:unsettled", "0", "A");

    expect(await journal.takeUp("three", 5)).toMatchObject([{ tries: 1 }]);
    expect(await redis.exists("checkout:parked")).toBe(0);
  });

  it(`forgets the oldest of more than ${MOST_ORDERS} settled orders, once they are old enough`, async (context) => {
    const { journal, redis } = await onRedis(context);
    await closeMany(journal);
    expect(await redis.zcard("checkout:settled")).toBe(10_020);
    expect(await journal.find("A0-0")).toBeDefined();

    const longAgo = Date.now() - SURELY_MS - 1_000;
    for (let of = 0; of < 5; of += 1) await redis.zadd("checkout:settled", "XX", longAgo + of, `A0-${of}`);
    await journal.close(confirmed("B"), "one");

    expect(await redis.zcard("checkout:settled")).toBe(10_016);
    expect(await journal.find("A0-4")).toBeUndefined();
    expect(await journal.find("A0-5")).toBeDefined();
    expect(await journal.find("B")).toBeDefined();
  }, 20_000);

  it("strikes off the list of parked orders what has expired by now", async (context) => {
    const { journal, redis } = await onRedis(context);
    const [old, young] = [Date.now() - LIFETIME_MS - 1_000, Date.now() - LIFETIME_MS + 60_000];
    await redis.zadd("checkout:parked", old, "OLD", young, "YOUNG");

    await journal.park(order("A"), "one");

    expect(await redis.zrange("checkout:parked", "0", "-1")).toEqual(["YOUNG", "A"]);
  });

  it("expires", async (context) => {
    const { journal, redis } = await onRedis(context);
    await journal.write(confirmed("A"), "one");

    for (const key of ["checkout:order:A", "checkout:shopper:ada"])
      expect(await redis.pttl(key)).toBeGreaterThan(6 * 86_400_000);
  });

  it("that is away refuses an order before anything is charged", async (context) => {
    const { journal, server } = await onRedis(context);
    const { checkout, calls } = await shopWhere({}, { journal });
    await server.stop();

    await expect(checkout.placeOrder(request)).rejects.toThrow("UNAVAILABLE: nothing was charged");
    expect(calls).not.toContain("charge");
  });

  it.for(["opened", "charged", "shipped"])(
    "that dies at %s, and comes back with its data, loses no order",
    async (at, context) => {
      const { journal, server } = await onRedis(context, "--appendonly", "yes", "--appendfsync", "always");
      const between = async (step: string) => {
        if (step !== at) return;
        await server.kill();
        setTimeout(server.start, 300);
      };
      const { checkout, calls } = await shopWhere({}, { journal, between });

      expect((await checkout.placeOrder({ ...request, idempotencyKey: "form-1" })).order?.orderId).toBe("ORDER-1");
      expect(calls.filter((call) => call === "charge" || call === "shipOrder")).toEqual(["charge", "shipOrder"]);
      await expect
        .poll(() => journal.find("ORDER-1"))
        .toMatchObject({ emptied: true, mail: "done", bill: { email: "" } });
    },
  );

  it("that comes back empty in the middle of an order has it again", async (context) => {
    const { journal, redis } = await onRedis(context);
    const between = async (step: string) => void (step === "charged" && (await redis.flushall()));
    const { checkout } = await shopWhere({}, { journal, between });

    await checkout.placeOrder(request);

    expect((await checkout.listOrders({ userId: "ada" })).orders).toHaveLength(1);
  });
});
