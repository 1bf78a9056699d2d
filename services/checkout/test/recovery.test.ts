import { describe, expect, it } from "vitest";
import type { Journal } from "../src/journal.ts";
import { createMemoryJournal } from "../src/memory-journal.ts";
import { order, refuse, request, shopWhere } from "./shop.ts";

/** A journal whose leases are over as soon as somebody moves the clock, and how to do that. */
function impatient() {
  const clock = { now: Date.now() };
  const memory = createMemoryJournal(100, () => clock.now);
  let isBusy = false;
  const journal: Journal = {
    ...memory,
    takeUp: async (holder, most) => {
      const found = await memory.takeUp(holder, most);
      isBusy ||= found.length > 0;
      return found;
    },
    write: (order, holder, lease) => {
      isBusy &&= lease === undefined;
      return memory.write(order, holder, lease);
    },
  };
  /** Lets time pass, fast, until something is so; where it is in order, not while an order that was taken up is tried. */
  const pass = async (until: () => Promise<boolean>, { inOrder = false } = {}) => {
    await expect
      .poll(
        async () => {
          if (!(inOrder && isBusy)) clock.now += 20_000;
          return until();
        },
        { timeout: 60_000, interval: 10 },
      )
      .toBe(true);
  };
  return { journal, pass };
}

const away = refuse("UNAVAILABLE", "away");
const late = refuse("DEADLINE_EXCEEDED", "no answer in time");
const noMail = refuse("UNAVAILABLE", "nothing was sent: mail cannot be sent now");
const asked = { ...request, idempotencyKey: "form-1" };

describe("an order that was left half done", () => {
  it("is given up after many tries, and said to whoever must see to it", async () => {
    const { journal, pass } = impatient();
    const payment = { charge: () => ({ transactionId: "T-1" }), refund: refuse("INTERNAL", "no sense") };
    const shipping = { shipOrder: refuse("FAILED_PRECONDITION", "no van") };
    const { checkout, errors, metrics } = await shopWhere({ payment, shipping }, { journal, every: 10 });

    await expect(checkout.placeOrder(asked)).rejects.toThrow("the charge could not be given back yet");
    await pass(async () => errors.length > 0);

    expect(errors).toMatchObject([
      { order_id: "ORDER-1", step: "refunding", words: "an order was given up half done" },
    ]);
    expect(await metrics()).toContain('orders_recovered_total{step="refunding",outcome="parked",synthetic="false"} 1');
    await expect(checkout.getOrder({ orderId: "ORDER-1", userId: "ada" })).rejects.toThrow("is not settled yet");
  }, 30_000);

  it("is given up where those who take it up never come to an end", async () => {
    const { journal, pass } = impatient();
    await journal.write(order("A"), "one", 0);
    const between = refuse("INTERNAL", "broken off");
    const { errors } = await shopWhere({}, { journal, between, every: 10 });

    await pass(async () => errors.length > 0);

    expect(errors).toMatchObject([{ order_id: "A", tries: 61, error: "what it was taken up for never ended" }]);
  }, 30_000);

  it.each(["shipping", "cart"] as const)(
    "is finished after an outage of %s, however many tries fell into it",
    async (peer) => {
      const { journal, pass } = impatient();
      const outage = { isOver: false, calls: 0 };
      const once = (answer: { trackingId?: string }) => () => {
        outage.calls += 1;
        return outage.isOver ? answer : late();
      };
      const peers = {
        shipping: { shipOrder: once({ trackingId: "AB-1" }), resolveShipment: once({}) },
        cart: { emptyCart: once({}) },
      };
      const { checkout, calls, errors } = await shopWhere({ [peer]: peers[peer] }, { journal, every: 10 });
      void checkout.placeOrder(asked).catch(() => {});
      await expect.poll(() => outage.calls).toBeGreaterThan(0);
      await pass(async () => ((await journal.find("ORDER-1"))?.tries ?? 0) > 70, { inOrder: true });

      outage.isOver = true;
      await pass(async () => (await journal.find("ORDER-1"))?.emptied === true, { inOrder: true });

      expect(errors).toEqual([]);
      expect(await journal.find("ORDER-1")).toMatchObject({ step: "confirmed", mail: "done", bill: { email: "" } });
      expect(calls.filter((call) => call === "charge" || call === "sendOrderConfirmation")).toHaveLength(2);
    },
    30_000,
  );

  it("is given up where a peer stays away for a day, and may be taken up again by hand", async () => {
    const { journal, pass } = impatient();
    const old = { ...order("A", Date.now() - 25 * 3_600_000), step: "shipping" as const, tries: 500, excused: 500 };
    await journal.write(old, "one", 0);
    const { errors } = await shopWhere({ shipping: { resolveShipment: late } }, { journal, every: 10 });

    await pass(async () => errors.length > 0, { inOrder: true });

    expect(errors).toMatchObject([
      { order_id: "A", step: "shipping", tries: 560, error: { details: "no answer in time" } },
    ]);
    expect(await journal.find("A")).toMatchObject({ tries: 0, excused: 0 });
  }, 30_000);

  it("is refunded once payment is back", async () => {
    const { journal, pass } = impatient();
    const payment = { charge: () => ({ transactionId: "T-1" }), refund: away };
    const back = { ...payment, refund: () => ({ refundId: "R-1" }) };
    const shipping = { shipOrder: refuse("FAILED_PRECONDITION", "no van") };
    const first = await shopWhere({ payment, shipping }, { journal: { ...journal, takeUp: async () => [] } });
    await expect(first.checkout.placeOrder(asked)).rejects.toThrow("the charge could not be given back yet");

    const { checkout } = await shopWhere({ payment: back, shipping }, { journal, every: 10 });
    await pass(async () => (await journal.find("ORDER-1"))?.step === "failed");

    await expect(checkout.placeOrder(asked)).rejects.toThrow("could not be shipped; the charge was given back");
  });

  it("has its cart emptied once that is back, and its letter sent", async () => {
    const { journal, pass } = impatient();
    const down = { cart: { emptyCart: away }, email: { sendOrderConfirmation: noMail } };
    const first = await shopWhere(down, { journal: { ...journal, takeUp: async () => [] } });
    expect((await first.checkout.placeOrder(asked)).order?.orderId).toBe("ORDER-1");
    await expect.poll(() => journal.find("ORDER-1")).toMatchObject({ emptied: false, mail: "due" });

    const { asked: heard } = await shopWhere({}, { journal, every: 10 });
    await pass(async () => (await journal.find("ORDER-1"))?.emptied === true);

    expect(heard.emptyCart).toMatchObject({ userId: "ada", idempotencyKey: "ORDER-1" });
    expect(heard.sendOrderConfirmation).toMatchObject({ email: "ada@example.com" });
    expect(await journal.find("ORDER-1")).toMatchObject({ mail: "done", bill: { email: "" } });
  });

  it("is done without its letter where nobody sends any", async () => {
    const { journal, pass } = impatient();
    const { checkout, errors } = await shopWhere({ email: { sendOrderConfirmation: noMail } }, { journal, every: 10 });
    await checkout.placeOrder(asked);

    await pass(async () => (await journal.find("ORDER-1"))?.bill.email === "");

    expect(errors).toEqual([]);
  }, 30_000);
});

describe("a letter", () => {
  it.each([
    ["settled", "is sent by whoever takes the order up: nobody had begun it", 1],
    ["mailing", "is not sent again: perhaps it was", 0],
  ])("whose process died at %s %s", async (at, _, letters) => {
    const { journal, pass } = impatient();
    const dead = Promise.withResolvers<void>();
    const between = (step: string) => (step === at ? dead.promise : undefined);
    const one = await shopWhere({}, { journal: { ...journal, takeUp: async () => [] }, between });
    void one.checkout.placeOrder(asked).catch(() => {});
    const before = { step: "confirmed", mail: at === "settled" ? "due" : "begun" };
    await expect.poll(async () => (await journal.find("ORDER-1")) ?? {}).toMatchObject(before);

    const { calls } = await shopWhere({}, { journal, every: 10 });
    await pass(async () => (await journal.find("ORDER-1"))?.bill.email === "");

    dead.reject(new Error("killed"));
    expect(calls.filter((call) => call === "sendOrderConfirmation")).toHaveLength(letters);
    expect(one.calls).not.toContain("sendOrderConfirmation");
  });

  it("is not sent by who cannot write down that it begins to, and is still due", async () => {
    const { journal, pass } = impatient();
    const write: Journal["write"] = async (order, holder, lease) =>
      order.mail === "begun" ? false : journal.write(order, holder, lease);
    const one = await shopWhere({}, { journal: { ...journal, write, takeUp: async () => [] } });
    await one.checkout.placeOrder(asked);
    expect(one.calls).not.toContain("sendOrderConfirmation");

    const { calls } = await shopWhere({}, { journal, every: 10 });
    await pass(async () => (await journal.find("ORDER-1"))?.bill.email === "");

    expect(calls.filter((call) => call === "sendOrderConfirmation")).toHaveLength(1);
  });
});

describe("a journal that fails in the middle", () => {
  it("has nothing done twice: what was written last counts, not what was known before", async () => {
    const { journal, pass } = impatient();
    const failing = { closes: 3 };
    const close: Journal["close"] = async (order, holder) => {
      failing.closes -= 1;
      if (failing.closes >= 0) throw new Error("no answer in time");
      return journal.close(order, holder);
    };
    const frozen = new Promise<void>(() => {});
    const between = (step: string) => (step === "charged" ? frozen : undefined);
    const one = await shopWhere({}, { journal: { ...journal, takeUp: async () => [] }, between });
    void one.checkout.placeOrder(asked).catch(() => {});
    await expect.poll(() => one.calls).toContain("charge");

    const resolved = { payment: { resolveCharge: () => ({ transactionId: "T-1" }) } };
    const { calls } = await shopWhere(resolved, { journal: { ...journal, close }, every: 10 });
    await pass(async () => (await journal.find("ORDER-1"))?.bill.email === "" && failing.closes < 0);

    for (const once of ["shipOrder", "sendOrderConfirmation"]) {
      expect(calls.filter((call) => call === once)).toHaveLength(1);
    }
  });
});
