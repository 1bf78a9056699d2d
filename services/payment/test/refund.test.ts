import { overTheWire } from "@boutique/testkit/wire";
import { describe, expect, it } from "vitest";
import { createPayment } from "../src/service.ts";
import { createTransactions } from "../src/transactions.ts";

const amount = { currencyCode: "EUR", units: "12", nanos: 340_000_000 };
const creditCard = {
  creditCardNumber: "4432801561520454",
  creditCardCvv: 672,
  creditCardExpirationYear: 9999,
  creditCardExpirationMonth: 1,
};

/** A payment service that remembers so many charges, one charge that it made, and what it logged since. */
async function charged(max?: number) {
  const lines: object[] = [];
  const log = { info: (event: object, words: string) => lines.push({ ...event, words }) };
  const payment = await overTheWire("payment", createPayment({ log, transactions: createTransactions(max) }));
  const { transactionId } = await payment.charge({ amount, creditCard });
  lines.length = 0;
  return { payment, transactionId, lines };
}

describe("a refund", () => {
  it("gives a charge back, and says so in the log", async () => {
    const { payment, transactionId, lines } = await charged();

    const { refundId } = await payment.refund({ transactionId, amount, reason: "ann@example.com waits in vain" });

    expect(refundId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(lines).toEqual([
      {
        event: "refund",
        transaction_id: transactionId,
        refund_id: refundId,
        amount: "12.34",
        currency: "EUR",
        words: "charge refunded",
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
    expect(lines).toHaveLength(1);
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
