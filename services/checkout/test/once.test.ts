import type { Handlers } from "@boutique/contract/topology";
import { RpcError } from "@boutique/rpc/error";
import { describe, expect, it } from "vitest";
import { LEASE_MS } from "../src/journal.ts";
import { createMemoryJournal } from "../src/memory-journal.ts";
import { refuse, request, shopWhere } from "./shop.ts";

const asked = { ...request, idempotencyKey: "form-1" };

/** A payment and a shipping that keep their promise about keys; what they did is counted. */
function keyed() {
  const charges = new Map<string, string>();
  const parcels = new Map<string, string>();
  const done = { charges: 0, parcels: 0, refunds: 0, mails: 0, emptied: new Set<string>() };
  const once = (known: Map<string, string>, key: string, count: "charges" | "parcels") => {
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
    refund: () => {
      done.refunds += 1;
      return { refundId: "R-1" };
    },
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
    await expect(checkout.getOrder({ orderId: "ORDER-1", userId: "ada" })).rejects.toThrow(words);
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

describe("a process that freezes", () => {
  const steps = ["opened", "charging", "charged", "shipping", "shipped", "settled", "emptied", "mailed"];
  it.each(steps)(
    "at %s leaves an order that another one brings to its end; when it wakes up, it does nothing",
    async (at) => {
      const clock = { now: Date.now() };
      const journal = createMemoryJournal(1_000, () => clock.now);
      const { done, peers } = keyed();
      const wakeUp = Promise.withResolvers<void>();
      const frozen = Promise.withResolvers<void>();
      const between = async (step: string) => {
        if (step !== at) return;
        frozen.resolve();
        await wakeUp.promise;
      };
      // All of it freezes, what takes up other orders included.
      const one = await shopWhere(peers, { journal: { ...journal, takeUp: async () => [] }, between });
      const other = await shopWhere(peers, { journal });
      const first: Promise<{ order: object | null } & Error> = one.checkout.placeOrder(asked).catch((error) => error);

      await frozen.promise;
      clock.now += LEASE_MS;

      // Where it was not charged yet nothing comes of it, and the shopper may ask again.
      const undone = ["opened", "charging"].includes(at);
      const answer = await other.checkout.placeOrder(asked).catch((error) => error);
      if (undone) expect(String(answer)).toContain("nothing was charged");
      else expect(answer.order?.shippingTrackingId).toMatch(/^parcels-/);
      const left = expect.poll(async () => (await journal.find("ORDER-1")) ?? {}, { timeout: 4_000 });
      await left.toMatchObject(undone ? {} : { step: "confirmed", emptied: true, mail: "done" });
      wakeUp.resolve();
      const late = await first;

      if (undone) expect(String(late)).toContain("nothing was charged");
      else expect(late.order).toEqual(answer.order);
      expect(done).toMatchObject({ charges: undone ? 0 : 1, parcels: undone ? 0 : 1, refunds: 0 });
      expect(done.mails).toBeLessThanOrEqual(1);
      expect([...done.emptied]).toEqual(undone ? [] : ["ORDER-1"]);
    },
  );
});
