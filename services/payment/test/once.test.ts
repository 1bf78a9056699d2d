import { redisFor } from "@boutique/testkit/redis";
import { describe, expect, it } from "vitest";
import { amount, card, open } from "./open.ts";
import { chargedBy, figureOf, kinds, paymentOn, until } from "./stores.ts";

const idempotencyKey = "b1946ac9-2af3-4d1b-8cbe-aabbccddeeff";
const request = { amount, creditCard: card(), idempotencyKey };
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const away = "UNAVAILABLE: the payment store is away";

describe.each(kinds)("a charge by a key, kept in %s,", (_, openKind) => {
  it("is made once, whoever asks for it again and with which card, and said to be made once", async (context) => {
    const opened = await openKind(context);
    const { payment, lines } = opened;

    const ids = await chargedBy([
      payment.charge(request),
      ...Array.from({ length: 48 }, () => payment.charge(request)),
      payment.charge({ ...request, creditCard: card({ creditCardNumber: "5272940000751666" }) }),
    ]);

    const [transactionId = ""] = ids;
    expect([...ids]).toEqual([expect.stringMatching(uuid)]);
    expect(lines("payment_transaction")).toMatchObject([{ transaction_id: transactionId, status: "success" }]);
    expect(await figureOf(opened, "payment_charges_total")).toBe(1);
    expect(await figureOf(opened, "payment_charged_amount_total")).toBe(12.34);
    expect(await figureOf(opened, "payment_repeats_total")).toBe(49);
    expect(await payment.resolveCharge({ idempotencyKey })).toEqual({ transactionId });
  });

  it("is another than that by another key, or by none", async (context) => {
    const { payment } = await openKind(context);

    const keys = [idempotencyKey, "order-1", "order-2", "", ""];
    const ids = await chargedBy(keys.map((idempotencyKey) => payment.charge({ ...request, idempotencyKey })));

    expect(ids.size).toBe(keys.length);
  });

  it.for([
    ["amount", { amount: { ...amount, units: "13" } }],
    ["amount by a billionth", { amount: { ...amount, nanos: 340_000_001 } }],
    ["currency", { amount: { ...amount, currencyCode: "USD" } }],
  ] as const)("is not made of another %s", async ([, change], context) => {
    const { payment, lines } = await openKind(context);
    const { transactionId } = await payment.charge(request);

    await expect(payment.charge({ ...request, ...change })).rejects.toThrow(
      "INVALID_ARGUMENT: idempotency_key: was used to charge another amount",
    );

    expect(lines("payment_transaction")[1]).toMatchObject({ status: "failure", failure_reason: "key_reused" });
    expect(await payment.charge(request)).toEqual({ transactionId });
  });

  it("is made after a refusal: the shopper mends the card and uses the same key", async (context) => {
    const { payment } = await openKind(context);
    const refusals = [
      { creditCard: card({ creditCardNumber: "4432801561520455" }) },
      { creditCard: card({ creditCardExpirationYear: 2030 }) },
      { amount: { ...amount, units: "-1" } },
    ];
    for (const change of refusals) await expect(payment.charge({ ...request, ...change })).rejects.toThrow();

    expect(await payment.charge(request)).toHaveProperty("transactionId");
  });

  it("stays made when its card expires before it is asked for again", async (context) => {
    let now = new Date("2031-05-31T23:59:59Z");
    const { payment } = await openKind(context, () => now);
    const last = { ...request, creditCard: card({ creditCardExpirationYear: 2031, creditCardExpirationMonth: 5 }) };
    const made = await payment.charge(last);

    now = new Date("2031-06-01T00:00:00Z");

    expect(await payment.charge(last)).toEqual(made);
    await expect(payment.charge({ ...last, idempotencyKey: "order-1" })).rejects.toThrow("expired 05/2031");
  });

  it("that was given up is not made any more, by that key alone", async (context) => {
    const { payment, lines } = await openKind(context);

    expect(await payment.resolveCharge({ idempotencyKey })).toEqual({ transactionId: "" });
    expect(await payment.resolveCharge({ idempotencyKey })).toEqual({ transactionId: "" });
    await expect(payment.charge(request)).rejects.toThrow("ABORTED: idempotency_key: this charge was given up");

    expect(lines("payment_transaction")).toMatchObject([{ status: "failure", failure_reason: "given_up" }]);
    expect(await payment.charge({ ...request, idempotencyKey: "order-1" })).toHaveProperty("transactionId");
  });

  it("is made or given up, and both who charge and who resolve know which, when they come at once", async (context) => {
    const { payment } = await openKind(context);

    for (let round = 0; round < 20; round++) {
      const idempotencyKey = `order-${round}`;
      const charge = () => payment.charge({ ...request, idempotencyKey }).catch(() => ({ transactionId: "" }));
      const resolve = () => payment.resolveCharge({ idempotencyKey });
      expect(await chargedBy([charge(), resolve(), charge(), resolve()])).toHaveProperty("size", 1);
    }
  });

  it("is given back by its id, once", async (context) => {
    const opened = await openKind(context);
    const { transactionId } = await opened.payment.charge(request);
    const refund = { transactionId, amount, idempotencyKey };

    const refunds = await Promise.all(Array.from({ length: 20 }, () => opened.payment.refund(refund)));

    expect(new Set(refunds.map(({ refundId }) => refundId)).size).toBe(1);
    expect(await figureOf(opened, "payment_refunds_total")).toBe(1);
    await expect(opened.payment.refund({ ...refund, idempotencyKey: "order-1" })).rejects.toThrow("already refunded");
    expect(await opened.payment.charge(request)).toEqual({ transactionId });
  });
});

describe("a key that is none", () => {
  const words = "INVALID_ARGUMENT: idempotency_key: must be at most 128 letters, digits, or any of _.:-";

  it.each(["k".repeat(129), "an order", "ann@example.com", "order\n"])("is refused: %j", async (idempotencyKey) => {
    const { payment } = await open();

    await expect(payment.charge({ ...request, idempotencyKey })).rejects.toThrow(words);
    await expect(payment.resolveCharge({ idempotencyKey })).rejects.toThrow(words);
  });

  it("is missed where a charge is to be found by it", async () => {
    const { payment } = await open();

    await expect(payment.resolveCharge({})).rejects.toThrow("INVALID_ARGUMENT: idempotency_key: is missing");
  });
});

describe("two payment services on one Redis", () => {
  it("make one charge of 50 that are asked for at once by one key", async (context) => {
    const server = await redisFor(context);
    const both = await Promise.all([paymentOn(server), paymentOn(server)]);

    const ids = await chargedBy(
      Array.from({ length: 50 }, (_, i) => both[i % 2 === 0 ? 0 : 1].payment.charge(request)),
    );

    expect(ids.size).toBe(1);
    const [here, there] = await Promise.all(both.map((one) => figureOf(one, "payment_charges_total")));
    expect([here, there].toSorted()).toEqual([0, 1]);
  });

  it("give back what the other charged, once, with a key or without one", async (context) => {
    const server = await redisFor(context);
    const [here, there] = await Promise.all([paymentOn(server), paymentOn(server)]);

    for (const idempotencyKey of [request.idempotencyKey, ""]) {
      const { transactionId } = await here.payment.charge({ ...request, idempotencyKey });
      const refund = { transactionId, amount, idempotencyKey: "order-1" };
      const [one, two] = await Promise.all([here.payment.refund(refund), there.payment.refund(refund)]);
      expect(one).toEqual(two);
    }
  });

  it("keep nothing in it that one could pay with, or know a shopper by", async (context) => {
    const server = await redisFor(context, "--appendonly", "yes");
    const { payment, redis } = await paymentOn(server);
    const { transactionId } = await payment.charge(request);
    await payment.refund({ transactionId, amount });

    const keys = (await redis.keys("*")).toSorted();

    expect(keys).toEqual([
      "payment:charge",
      `payment:charge:${transactionId}`,
      "payment:refund",
      expect.stringMatching(/^payment:refund:/),
    ]);
    expect(JSON.parse((await redis.get(`payment:charge:${transactionId}`)) ?? "")).toEqual({
      ...amount,
      refundId: expect.stringMatching(uuid),
    });
  });
});

describe("a Redis that is away", () => {
  it("makes calls UNAVAILABLE, does nothing by halves, and remembers when it is back", async (context) => {
    const server = await redisFor(context, "--appendonly", "yes", "--appendfsync", "always");
    const opened = await paymentOn(server);
    const { payment, dependencies, lines } = opened;
    const { transactionId } = await payment.charge(request);
    await payment.resolveCharge({ idempotencyKey: "order-0" });
    const refund = { transactionId, amount, idempotencyKey };

    await server.kill();
    await until(dependencies, false);
    await expect(payment.charge(request)).rejects.toThrow(away);
    await expect(payment.charge({ amount, creditCard: card() })).rejects.toThrow(away);
    await expect(payment.resolveCharge({ idempotencyKey })).rejects.toThrow(away);
    await expect(payment.refund(refund)).rejects.toThrow(away);
    await expect(payment.charge({ amount, creditCard: card({ creditCardCvv: -1 }) })).rejects.toThrow("cvv");
    await server.start();
    await until(dependencies, true);

    expect(lines("payment_refund")).toEqual([]);
    expect(lines("payment_transaction").map(({ failure_reason }) => failure_reason)).toEqual([
      undefined,
      "store_failed",
      "store_failed",
      "card_invalid",
    ]);
    expect(await payment.charge(request)).toEqual({ transactionId });
    await expect(payment.charge({ ...request, idempotencyKey: "order-0" })).rejects.toThrow("given up");
    expect(await payment.refund(refund)).toEqual(await payment.refund(refund));
    expect(await figureOf(opened, "payment_refunds_total")).toBe(1);
  });

  it("is found out about by whoever got no answer, and charges once, when it only fell silent", async (context) => {
    const server = await redisFor(context);
    const { payment, dependencies } = await paymentOn(server);
    server.pause();
    await expect(payment.charge(request)).rejects.toThrow(away);
    await until(dependencies, false);
    server.resume();
    await until(dependencies, true);

    const { transactionId } = await payment.resolveCharge({ idempotencyKey });

    const again = payment.charge(request).catch(() => ({ transactionId: "" }));
    expect(await again).toEqual({ transactionId });
  });

  it("that holds something else by a key of ours is an error without its words, and not a crash", async (context) => {
    const { payment, redis } = await paymentOn(await redisFor(context));
    const { transactionId } = await payment.charge(request);

    for (const wrong of [
      "null",
      "[]",
      "12",
      '{"units":"12"}',
      JSON.stringify({ ...amount, units: "12.5", refundId: "1" }),
    ]) {
      await redis.set(`payment:charge:${transactionId}`, wrong);
      const calls = [
        () => payment.charge(request),
        () => payment.resolveCharge({ idempotencyKey }),
        () => payment.refund({ transactionId, amount }),
      ];
      for (const call of calls) await expect(call()).rejects.toThrow("INTERNAL: internal error");
    }
  });
});
