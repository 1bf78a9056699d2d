import { describe, expect, it } from "vitest";
import { amount, card, inMemory, open } from "./open.ts";

const creditCard = card();

/** A payment service that remembers so many charges, and one charge that it made. */
async function charged(max?: number) {
  const { payment, lines } = await open({ store: inMemory(max) });
  const { transactionId } = await payment.charge({ amount, creditCard });
  return { payment, transactionId, lines };
}

describe("a refund", () => {
  it("gives a charge back, and says so, without the words of who asks", async () => {
    const { payment, transactionId, lines } = await charged();

    const { refundId } = await payment.refund({ transactionId, amount, reason: "ann@example.com waits in vain" });

    expect(refundId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(lines("payment_refund")).toEqual([
      {
        event: "payment_refund",
        schema: 1,
        transaction_id: transactionId,
        refund_id: refundId,
        amount: "12.34",
        currency: "EUR",
        message: "A charge was given back.",
      },
    ]);
  });

  it.each([
    ["without a key", "", ""],
    ["with another key", "order-1", "order-2"],
    ["with a key, when the first had none", "", "order-1"],
  ])("is given once, and not again %s", async (_, first, second) => {
    const { payment, transactionId } = await charged();
    await payment.refund({ transactionId, amount, idempotencyKey: first });

    await expect(payment.refund({ transactionId, amount, idempotencyKey: second })).rejects.toThrow(
      "FAILED_PRECONDITION: transaction_id: already refunded",
    );
  });

  it("is the same refund when the same key asks again", async () => {
    const { payment, transactionId, lines } = await charged();
    const request = { transactionId, amount, idempotencyKey: "order-1" };

    const answers = await Promise.all([payment.refund(request), payment.refund(request), payment.refund(request)]);

    expect(new Set(answers.map(({ refundId }) => refundId)).size).toBe(1);
    expect(lines("payment_refund")).toHaveLength(1);
  });

  it.each([
    ["no transaction", { transactionId: "" }, "INVALID_ARGUMENT: transaction_id: is missing"],
    [
      "a transaction unknown",
      { transactionId: "4432801561520454" },
      "NOT_FOUND: transaction_id: there is no such charge",
    ],
    ["no amount", { amount: null }, "INVALID_ARGUMENT: amount: is missing"],
    [
      "less than was charged",
      { amount: { ...amount, units: "11" } },
      "INVALID_ARGUMENT: amount: must be what was charged",
    ],
    [
      "more than was charged",
      { amount: { ...amount, nanos: 340_000_001 } },
      "INVALID_ARGUMENT: amount: must be what was charged",
    ],
    [
      "another currency",
      { amount: { ...amount, currencyCode: "USD" } },
      "INVALID_ARGUMENT: amount: must be what was charged",
    ],
    [
      "a key that is none",
      { idempotencyKey: "an order" },
      "INVALID_ARGUMENT: idempotency_key: must be at most 128 letters",
    ],
    ["nothing", { amount: { ...amount, units: "0", nanos: 0 } }, "INVALID_ARGUMENT: amount: must be more than 0"],
    [
      "two signs",
      { amount: { ...amount, units: "-12" } },
      "INVALID_ARGUMENT: amount has units and nanos of different signs",
    ],
  ])("is refused for %s, and can still be given", async (_, change, error) => {
    const { payment, transactionId } = await charged();

    await expect(payment.refund({ transactionId, amount, ...change })).rejects.toThrow(error);
    expect(await payment.refund({ transactionId, amount })).toHaveProperty("refundId");
  });

  it("is for the latest charges: older ones are forgotten, so that memory is bounded", async () => {
    const { payment, transactionId: first } = await charged(2);
    const { transactionId: second } = await payment.charge({ amount, creditCard });
    await payment.charge({ amount, creditCard });

    await expect(payment.refund({ transactionId: first, amount })).rejects.toThrow("NOT_FOUND");
    expect(await payment.refund({ transactionId: second, amount })).toHaveProperty("refundId");
  });
});
