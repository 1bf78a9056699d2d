import type { Handlers } from "@boutique/contract/topology";
import { RpcError } from "@boutique/rpc/error";
import { describe, expect, it, type TestContext } from "vitest";
import type { Journal } from "../src/journal.ts";
import { createMemoryJournal } from "../src/memory-journal.ts";
import { kinds } from "./journals.ts";
import { refuse, request, shopWhere } from "./shop.ts";

const asked = { ...request, idempotencyKey: "form-1" };

/** A payment and a shipping that keep their promise about keys; what they did is counted. */
function keyed() {
  const charges = new Map<string, string>();
  const parcels = new Map<string, string>();
  const refunds = new Map<string, string>();
  const done = { charges: 0, parcels: 0, refunds: 0, mails: 0, emptied: new Set<string>() };
  const once = (known: Map<string, string>, key: string, count: "charges" | "parcels" | "refunds") => {
    if (known.get(key) === "") throw new RpcError("ABORTED", "idempotency_key: this was given up");
    if (!known.has(key)) {
      done[count] += 1;
      known.set(key, `${count}-${done[count]}`);
    }
    return known.get(key) ?? "";
  };
  const resolve = (known: Map<string, string>, key: string) => {
    if (!known.has(key)) known.set(key, "");
    return known.get(key) ?? "";
  };
  const payment: Partial<Handlers<"payment">> = {
    charge: ({ idempotencyKey }) => ({ transactionId: once(charges, idempotencyKey, "charges") }),
    resolveCharge: ({ idempotencyKey }) => ({ transactionId: resolve(charges, idempotencyKey) }),
    refund: ({ transactionId }) => ({ refundId: once(refunds, transactionId, "refunds") }),
  };
  const quote = () => ({ costUsd: { currencyCode: "USD", units: "8", nanos: 990_000_000 } });
  const shipping: Partial<Handlers<"shipping">> = {
    getQuote: quote,
    shipOrder: ({ idempotencyKey }) => ({ trackingId: once(parcels, idempotencyKey, "parcels") }),
    resolveShipment: ({ idempotencyKey }) => ({ trackingId: resolve(parcels, idempotencyKey) }),
  };
  const items = [{ productId: "MUG", quantity: 2 }];
  const cart: Partial<Handlers<"cart">> = {
    getCart: ({ userId }) => ({ userId, items: done.emptied.size > 0 ? [] : items }),
    emptyCart: ({ idempotencyKey }) => {
      done.emptied.add(idempotencyKey);
      return {};
    },
  };
  const email = {
    sendOrderConfirmation: () => {
      done.mails += 1;
      return {};
    },
  };
  return { done, peers: { payment, shipping, cart, email } };
}

describe("an order asked for again by its key", () => {
  it("is the same order, whatever the cart holds by then", async () => {
    const { done, peers } = keyed();
    const { checkout } = await shopWhere(peers);

    const first = await checkout.placeOrder(asked);
    const again = await checkout.placeOrder(asked);

    expect(again).toEqual(first);
    expect(done).toMatchObject({ charges: 1, parcels: 1 });
  });

  it("at the same time ten times over, is charged once", async () => {
    const { done, peers } = keyed();
    const { checkout } = await shopWhere(peers);

    const answers = await Promise.all(Array.from({ length: 10 }, () => checkout.placeOrder(asked)));

    expect(new Set(answers.map(({ order }) => order?.shippingTrackingId))).toEqual(new Set(["parcels-1"]));
    expect(done).toMatchObject({ charges: 1, parcels: 1, mails: 1 });
  });

  it("by somebody else is another order", async () => {
    const { done, peers } = keyed();
    const { checkout } = await shopWhere(
      { ...peers, cart: { ...peers.cart, emptyCart: () => ({}) } },
      { orderId: (user, key) => `${user}-${key}` },
    );

    const [ada, bob] = await Promise.all([
      checkout.placeOrder(asked),
      checkout.placeOrder({ ...asked, userId: "bob" }),
    ]);

    expect([ada.order?.orderId, bob.order?.orderId]).toEqual(["ada-form-1", "bob-form-1"]);
    expect(done.charges).toBe(2);
  });

  it("is tried anew after a card that was refused, and after a charge that was never made", async () => {
    const { done, peers } = keyed();
    const refusals = [refuse("FAILED_PRECONDITION", "credit_card: expired"), refuse("UNIMPLEMENTED", "no such method")];
    const charge: Handlers<"payment">["charge"] = (asking, context) =>
      refusals.shift()?.() ?? (peers.payment.charge as Handlers<"payment">["charge"])(asking, context);
    const { checkout } = await shopWhere({ ...peers, payment: { ...peers.payment, charge } });

    await expect(checkout.placeOrder(asked)).rejects.toThrow("credit_card: expired");
    await expect(checkout.placeOrder(asked)).rejects.toThrow("nothing was charged");
    expect((await checkout.placeOrder(asked)).order?.orderId).toBe("ORDER-1");
    expect(done.charges).toBe(1);
  });

  it("tells the same failure again, once money had moved", async () => {
    const { done, peers } = keyed();
    const { checkout } = await shopWhere({
      ...peers,
      shipping: { ...peers.shipping, shipOrder: refuse("FAILED_PRECONDITION", "no van") },
    });

    const words = "order ORDER-1 could not be shipped; the charge was given back";
    await expect(checkout.placeOrder(asked)).rejects.toThrow(words);
    await expect(checkout.placeOrder(asked)).rejects.toThrow(words);
    await expect(checkout.getOrder({ orderId: "ORDER-1", userId: "ada" })).rejects.toThrow(
      `FAILED_PRECONDITION: ${words}`,
    );
    expect(done).toMatchObject({ charges: 1, refunds: 1 });
  });
});

describe("a total", () => {
  it("that is not what the shopper saw refuses the order, and says the new one", async () => {
    const { checkout, calls } = await shopWhere();
    const expectedTotal = { currencyCode: "USD", units: "18", nanos: 480_000_000 };

    await expect(checkout.placeOrder({ ...asked, expectedTotal })).rejects.toThrow(
      "ABORTED: expected_total: the cart comes to $27.47 by now",
    );
    expect(calls).not.toContain("charge");
  });

  it("that is shown alike is the same", async () => {
    const { checkout } = await shopWhere();
    const expectedTotal = { currencyCode: "USD", units: "27", nanos: 470_000_001 };

    expect((await checkout.placeOrder({ ...asked, expectedTotal })).order?.orderId).toBe("ORDER-1");
  });
});

describe("a form of an order that was placed", () => {
  it("sent with another total is no answer to it: the shopper wants something else", async () => {
    const { done, peers } = keyed();
    const { checkout } = await shopWhere(peers);
    await checkout.placeOrder(asked);

    const expectedTotal = { currencyCode: "USD", units: "58", nanos: 0 };
    await expect(checkout.placeOrder({ ...asked, expectedTotal })).rejects.toThrow("ABORTED: expected_total");
    expect(done.charges).toBe(1);
  });
});

describe("orders", () => {
  it("are listed newest first, and belong to who placed them", async () => {
    const { checkout } = await shopWhere();
    const ids = [];
    for (const key of ["one", "two", "three"]) {
      ids.unshift((await checkout.placeOrder({ ...request, idempotencyKey: key })).order?.orderId);
    }

    const { orders } = await checkout.listOrders({ userId: "ada" });
    expect(new Set(orders.map(({ order }) => order?.orderId))).toEqual(new Set(ids));
    expect((await checkout.getOrder({ orderId: "ORDER-2", userId: "ada" })).order?.orderId).toBe("ORDER-2");
    await expect(checkout.getOrder({ orderId: "ORDER-2", userId: "eve" })).rejects.toThrow("NOT_FOUND: order_id");
    expect((await checkout.listOrders({ userId: "eve" })).orders).toEqual([]);
  });
});

describe.each(kinds)("two forms by one key, at the same time, with a journal in %s,", (_, open) => {
  /** A payment that is asked for the first charge, and answers only when that is wished. */
  const held = (answer: () => { transactionId: string }) => {
    const [asked, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const charge = async () => {
      asked.resolve();
      await goOn.promise;
      return answer();
    };
    return { charge, asked: asked.promise, goOn: goOn.resolve };
  };

  it("are both told that the card was refused", async (context) => {
    const { journal } = await open(context);
    const payment = held(refuse("FAILED_PRECONDITION", "credit_card: expired"));
    const { checkout, calls, metrics } = await shopWhere({ payment: { charge: payment.charge } }, { journal });
    const first = checkout.placeOrder(asked).catch(String);
    await payment.asked;
    const second = checkout.placeOrder(asked).catch(String);
    await expect.poll(metrics).toContain('orders_repeated_total{synthetic="false"} 1');
    payment.goOn();

    expect(await first).toContain("FAILED_PRECONDITION: credit_card: expired");
    expect(await second).toContain("FAILED_PRECONDITION: credit_card: expired");
    expect(calls.filter((call) => call === "charge")).toHaveLength(2);
    expect(await metrics()).toContain('orders_repeated_total{synthetic="false"} 1');
    expect(await journal.find("ORDER-1")).toBeUndefined();
  });

  it("but with another total, are not both answered with the one order", async (context) => {
    const { journal } = await open(context);
    const payment = held(() => ({ transactionId: "T-1" }));
    const { checkout, calls, metrics } = await shopWhere({ payment: { charge: payment.charge } }, { journal });
    const first = checkout.placeOrder(asked);
    await payment.asked;
    const expectedTotal = { currencyCode: "USD", units: "58", nanos: 0 };
    const second = checkout.placeOrder({ ...asked, expectedTotal }).catch(String);
    await expect.poll(metrics).toContain('orders_repeated_total{synthetic="false"} 1');
    payment.goOn();

    expect((await first).order?.orderId).toBe("ORDER-1");
    expect(await second).toContain("ABORTED: expected_total: the order by this key came to $27.47");
    expect(calls.filter((call) => call === "charge")).toHaveLength(1);
  });
});

describe("an order that others have begun, and nothing comes of in their hands,", () => {
  /** A journal in which somebody else has just begun the order, so often, and forgotten it by the next look. */
  const taken = (times: number): Journal => {
    const journal = createMemoryJournal();
    const others = { left: times };
    return {
      ...journal,
      write: async (order, holder, lease) => {
        others.left -= 1;
        return others.left < 0 && journal.write(order, holder, lease);
      },
    };
  };

  it("is begun anew, and was asked for again once", async () => {
    const { checkout, metrics } = await shopWhere({}, { journal: taken(3) });

    expect((await checkout.placeOrder(asked)).order?.orderId).toBe("ORDER-1");
    expect(await metrics()).toContain('orders_repeated_total{synthetic="false"} 1');
  });

  it("is not begun anew for ever", async () => {
    const { checkout, calls } = await shopWhere({}, { journal: taken(Number.POSITIVE_INFINITY) });

    await expect(checkout.placeOrder(asked)).rejects.toThrow("UNAVAILABLE: nothing was charged");
    expect(calls).not.toContain("charge");
  });
});

describe.each(kinds)("a process that freezes, with a journal in %s,", (_, open) => {
  /** What a shopper is answered by a process that freezes at a step, and by another one meanwhile; and what was done. */
  async function freeze(at: string, context: TestContext, different: Partial<Handlers<"shipping">> = {}) {
    const { journal, lapse } = await open(context);
    const { done, peers } = keyed();
    const shop = { ...peers, shipping: { ...peers.shipping, ...different } };
    const [frozen, wakeUp] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const between = async (step: string) => {
      if (step !== at) return;
      frozen.resolve();
      await wakeUp.promise;
    };
    // All of it freezes, what takes up other orders included.
    const one = await shopWhere(shop, { journal: { ...journal, takeUp: async () => [] }, between });
    const other = await shopWhere(shop, { journal, every: 20 });
    const ask = ({ checkout }: typeof one) =>
      checkout.placeOrder(asked).then(({ order }) => order?.shippingTrackingId, String);
    const first = ask(one);
    await frozen.promise;
    await lapse();

    const meanwhile = await ask(other);
    await expect.poll(async () => (await journal.find("ORDER-1"))?.bill.email, { timeout: 4_000 }).toBe("");
    const order = await journal.find("ORDER-1");
    wakeUp.resolve();
    const late = await first;
    await one.close();
    expect(await journal.find("ORDER-1")).toEqual(order);
    return { meanwhile, late, done, order };
  }

  const steps = ["opened", "charging", "charged", "shipping", "shipped", "settled", "mailing", "emptied", "mailed"];
  it.for(steps)("at %s, leaves an order to another one and does nothing more of it", async (at, context) => {
    const { meanwhile, late, done, order } = await freeze(at, context);

    expect(order).toMatchObject({ step: "confirmed", emptied: true, mail: "done" });
    expect([meanwhile, late]).toEqual(["parcels-1", "parcels-1"]);
    expect(done).toMatchObject({ charges: 1, parcels: 1, refunds: 0, mails: 1 });
    expect([...done.emptied]).toEqual(["ORDER-1"]);
  });

  it.for(["refunding", "refunded"])("at %s, leaves the refund to another one, and it is one", async (at, context) => {
    const { meanwhile, late, done, order } = await freeze(at, context, {
      shipOrder: refuse("FAILED_PRECONDITION", "no van"),
    });

    expect(order).toMatchObject({ step: "failed" });
    expect(meanwhile).toContain("order ORDER-1 could not be shipped; the charge was given back");
    expect(late).toBe(meanwhile);
    expect(done).toMatchObject({ charges: 1, parcels: 0, refunds: 1, mails: 0 });
    expect([...done.emptied]).toEqual([]);
  });
});
