import type { Client } from "@boutique/contract/topology";
import { describe, expect, it } from "vitest";
import { amount, card, open, visa } from "./open.ts";

const MINUTES = 60_000;
const orderId = "b1946ac9-2af3-4d1b-8cbe-aabbccddeeff";
const amex = "378282246310005";
const expired = card({ creditCardExpirationYear: 2030 });

const refused = (work: Promise<unknown>) => expect(work).rejects.toThrow(/INVALID_ARGUMENT|FAILED_PRECONDITION/);

/** Two charges, one of them given back, and four that fail, each for a reason of its own. */
async function dayOf(payment: Client<"payment">) {
  const { transactionId } = await payment.charge({ amount, creditCard: card() });
  await payment.charge({
    amount: { ...amount, currencyCode: "JPY", units: "2235", nanos: 60_592_707 },
    creditCard: card(),
  });
  await refused(payment.charge({ amount, creditCard: expired }));
  await refused(payment.charge({ amount, creditCard: card({ creditCardNumber: amex }) }));
  await refused(payment.charge({ amount, creditCard: card({ creditCardNumber: "1234" }) }));
  await refused(payment.charge({ creditCard: card() }));
  await payment.refund({ transactionId, amount });
}

describe("the report", () => {
  it("says every five minutes how charging goes, and why it fails", async () => {
    const { payment, lines, pass } = await open();
    await dayOf(payment);
    expect(lines("payment_health_metrics")).toEqual([]);

    pass(5 * MINUTES);

    expect(lines("payment_health_metrics")).toEqual([
      {
        event: "payment_health_metrics",
        schema: 1,
        synthetic: false,
        window_s: 300,
        ended_by: "time",
        total_transactions: 6,
        succeeded: 2,
        failed: 4,
        success_rate: 33.33,
        failure_reasons: { card_expired: 1, card_not_taken: 1, card_invalid: 1, amount_invalid: 1 },
        charged_amount: { EUR: "12.34", JPY: "2235.060592707" },
        refunds: 1,
        message: "How charging cards goes.",
      },
    ]);
  });

  it("is not written of a window without charges, and has no rate of one with refunds alone", async () => {
    const { payment, lines, pass } = await open();
    const { transactionId } = await payment.charge({ amount, creditCard: card() });
    pass(15 * MINUTES);
    expect(lines("payment_health_metrics")).toHaveLength(1);

    await payment.refund({ transactionId, amount });
    pass(5 * MINUTES);

    expect(lines("payment_health_metrics")).toHaveLength(2);
    expect(lines("payment_health_metrics")[1]).toMatchObject({
      total_transactions: 0,
      succeeded: 0,
      failed: 0,
      success_rate: null,
      failure_reasons: {},
      charged_amount: {},
      refunds: 1,
    });
  });

  it("says the same as the metrics", async () => {
    const { payment, metrics } = await open();
    await dayOf(payment);

    const figures = (await metrics()).split("\n").filter((line) => line.startsWith("payment_"));

    expect(figures.sort()).toEqual([
      'payment_charge_failures_total{reason="amount_invalid",synthetic="false"} 1',
      'payment_charge_failures_total{reason="card_expired",synthetic="false"} 1',
      'payment_charge_failures_total{reason="card_invalid",synthetic="false"} 1',
      'payment_charge_failures_total{reason="card_not_taken",synthetic="false"} 1',
      'payment_charged_amount_total{currency="EUR",synthetic="false"} 12.34',
      'payment_charged_amount_total{currency="JPY",synthetic="false"} 2235.060592707',
      'payment_charges_total{card_type="American Express",outcome="failure",synthetic="false"} 1',
      'payment_charges_total{card_type="Visa",outcome="failure",synthetic="false"} 1',
      'payment_charges_total{card_type="Visa",outcome="success",synthetic="false"} 2',
      'payment_charges_total{card_type="unknown",outcome="failure",synthetic="false"} 2',
      'payment_refunds_total{synthetic="false"} 1',
    ]);
  });

  it("stays small whatever currencies callers make up", async () => {
    const { payment, metrics, lines, pass } = await open();
    const code = (i: number) => `X${String.fromCharCode(65 + (i % 26))}${String.fromCharCode(65 + Math.floor(i / 26))}`;
    for (let i = 0; i < 100; i++) {
      await payment.charge({ amount: { ...amount, currencyCode: code(i) }, creditCard: card() });
    }

    const series = (await metrics()).split("\n").filter((line) => line.startsWith("payment_charged_amount_total"));
    expect(series).toHaveLength(50);
    expect(series.join()).not.toContain("other");
    pass(5 * MINUTES);
    const [{ charged_amount, dropped } = {}] = lines("payment_health_metrics");
    expect([Object.keys(charged_amount as object).length, dropped]).toEqual([50, 50]);
  });
});

describe("a charge", () => {
  it("that is made is an event, by which its order can be found", async () => {
    const { payment, lines } = await open();

    const { transactionId } = await payment.charge({ amount, creditCard: card(), idempotencyKey: orderId });

    expect(lines("payment_transaction")).toEqual([
      {
        event: "payment_transaction",
        schema: 1,
        transaction_id: transactionId,
        idempotency_key: orderId,
        status: "success",
        amount: "12.34",
        currency: "EUR",
        card_type: "Visa",
        last4: "0454",
        message: "A charge was tried.",
      },
    ]);
  });

  const paid = { amount: "12.34", currency: "EUR" };
  const unread = { card_type: "unknown", last4: undefined };
  it.each([
    ["of an expired card", { creditCard: expired }, "card_expired", { ...paid, card_type: "Visa", last4: "0454" }],
    [
      "of a card of another kind",
      { creditCard: card({ creditCardNumber: amex }) },
      "card_not_taken",
      { ...paid, card_type: "American Express", last4: "0005" },
    ],
    [
      "by a key that is none",
      { idempotencyKey: "an order" },
      "key_invalid",
      { ...unread, idempotency_key: "an order" },
    ],
    ["of no card", { creditCard: null }, "card_invalid", { ...paid, ...unread }],
    ["of a mistyped card", { creditCard: card({ creditCardNumber: "4432801561520455" }) }, "card_invalid", unread],
    ["of nothing", { amount: { ...amount, units: "0", nanos: 0 } }, "amount_invalid", unread],
    ["of two signs", { amount: { ...amount, nanos: -1 } }, "amount_invalid", { ...unread, amount: undefined }],
    ["in no currency", { amount: { ...amount, currencyCode: visa } }, "amount_invalid", { currency: undefined }],
  ])("that fails is an event with a reason of ours: one %s", async (_, change, failure_reason, fields) => {
    const { payment, lines } = await open();

    await refused(payment.charge({ amount, creditCard: card(), idempotencyKey: orderId, ...change }));

    const about = { status: "failure", idempotency_key: orderId, transaction_id: undefined, failure_reason };
    expect(lines("payment_transaction")).toMatchObject([{ ...about, ...fields }]);
  });

  it("without a key has none in its event", async () => {
    const { payment, lines } = await open();

    await payment.charge({ amount, creditCard: card() });

    expect(lines("payment_transaction")[0]?.idempotency_key).toBeUndefined();
  });

  it.each([
    ["order-1", "order-1"],
    ["order of 2031/05/15", "order of [number]"],
    ["ann@example.com", "[address]"],
  ])("by a key of another form has it in its event as far as it can be told: %s", async (idempotencyKey, told) => {
    const { payment, lines } = await open();

    // Made or, of a key that is none, refused.
    await payment.charge({ amount, creditCard: card(), idempotencyKey }).catch(() => {});

    expect(lines("payment_transaction")[0]?.idempotency_key).toBe(told);
  });
});

describe("no card's number gets into an event or a metric (original: logged)", () => {
  const groups = (separator: string) => visa.match(/.{4}/g)?.join(separator) ?? "";
  const forms = [
    visa,
    ...[" ", "-", "–", "  ", " - ", ".", "/", "_", ":", ", ", "\n", "\u200b", "x", " and "].map(groups),
    [...visa].join(" "),
    [...visa].join("a"),
    `${visa}4`,
    `${visa}${visa}`,
    visa.slice(0, 15),
    visa.slice(0, 12),
    `my card is ${visa}, please`,
    visa.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    "44328015-6152-0454-0000-000000000000",
    amex,
    "5272940000751666",
    `${"x".repeat(90)}${visa}`,
  ];
  /** More of a number than its last four digits: any five digits in a row of it, whatever stands between them. */
  const told = (text: string) => {
    const digits = text.normalize("NFKC").replace(/\D/g, "");
    return [visa, amex, "5272940000751666"].flatMap((number) =>
      Array.from({ length: number.length - 4 }, (_, i) => number.slice(i, i + 5)).filter((part) =>
        digits.includes(part),
      ),
    );
  };

  it.each(forms)("as the card's number: %s", async (creditCardNumber) => {
    const written = await everythingAfter({ creditCard: card({ creditCardNumber }) });

    expect(told(written)).toEqual([]);
  });

  it.each(forms)("as the key of the charge: %s", async (idempotencyKey) => {
    const written = await everythingAfter({ creditCard: card({ creditCardNumber: "4222222222222" }), idempotencyKey });

    expect(told(written)).toEqual([]);
  });

  it.each(forms)("as the currency: %s", async (currencyCode) => {
    const written = await everythingAfter({ amount: { ...amount, currencyCode }, creditCard: card() });

    expect(told(written)).toEqual([]);
  });

  it.each(forms)("in a refund: %s", async (text) => {
    const { payment, lines, metrics } = await open({ newId: () => "an-id" });
    await payment.charge({ amount, creditCard: card() });
    await payment.refund({ transactionId: text, amount }).catch(() => {});
    const refund = { transactionId: "an-id", amount, reason: text };
    // Given by the first of these keys that is one.
    for (const idempotencyKey of [text, "order-1"]) await payment.refund({ ...refund, idempotencyKey }).catch(() => {});

    expect(lines("payment_refund")).toHaveLength(1);
    expect(told(JSON.stringify(lines("payment_refund")) + (await figures(metrics)))).toEqual([]);
  });

  it.each([
    ["whose charge is made", {}],
    ["with a wrong month", { creditCardExpirationMonth: 99 }],
    ["with a security code too long", { creditCardCvv: 67_267 }],
    ["that is expired", { creditCardExpirationYear: 2030 }],
  ])("nor its security code, of a card %s", async (_, change) => {
    expect(await everythingAfter({ creditCard: card(change) })).not.toMatch(/672/);
  });

  const figures = async (metrics: () => Promise<string>) =>
    (await metrics())
      .split("\n")
      .filter((line) => !line.startsWith("#"))
      .join("\n");

  /** All that is written of a charge: its event, the report, the metrics, and what the caller is told. */
  async function everythingAfter(request: object) {
    const { payment, lines, metrics, pass } = await open({ newId: () => "an-id" });
    const answer = await payment.charge({ amount, ...request }).catch((error) => `${error} ${error.cause}`);
    pass(5 * MINUTES);
    const events = ["payment_transaction", "payment_health_metrics"].map((event) => lines(event));
    expect(events.map(({ length }) => length)).toEqual([1, 1]);
    return JSON.stringify([events, answer]) + (await figures(metrics));
  }
});
