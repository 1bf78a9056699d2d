import { describe, expect, it } from "vitest";
import type { Journal } from "../src/journal.ts";
import { createMemoryJournal } from "../src/memory-journal.ts";
import { refuse, request, shopWhere } from "./shop.ts";

/** A journal whose leases are over as soon as somebody moves the clock, and how to do that. */
function impatient() {
  const clock = { now: Date.now() };
  const journal = createMemoryJournal(100, () => clock.now);
  /** Lets time pass, fast, until something is so. */
  const pass = async (until: () => Promise<boolean>) => {
    await expect
      .poll(
        async () => {
          clock.now += 20_000;
          return until();
        },
        { timeout: 60_000, interval: 10 },
      )
      .toBe(true);
  };
  return { journal, pass };
}

const away = refuse("UNAVAILABLE", "away");
const noMail = refuse("UNAVAILABLE", "nothing was sent: mail cannot be sent now");
const asked = { ...request, idempotencyKey: "form-1" };

describe("an order that was left half done", () => {
  it("is given up after many tries, and said to whoever must see to it", async () => {
    const { journal, pass } = impatient();
    const payment = { charge: () => ({ transactionId: "T-1" }), refund: away };
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
