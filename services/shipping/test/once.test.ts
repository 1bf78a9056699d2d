import { redisFor } from "@boutique/testkit/redis";
import { describe, expect, it } from "vitest";
import { kinds, open, shippingOn, until } from "./stores.ts";

const idempotencyKey = "b1946ac9-2af3-4d1b-8cbe-aabbccddeeff";
const address = { streetAddress: "1 Main St", city: "Springfield", state: "OR", country: "USA", zipCode: 97477 };
const request = { address, items: [{ productId: "OLJCESPC7Z", quantity: 2 }], idempotencyKey };
const away = "UNAVAILABLE: the shipping store is away";

const idsOf = async (asked: readonly Promise<{ trackingId: string }>[]) =>
  new Set((await Promise.all(asked)).map(({ trackingId }) => trackingId));

describe.each(kinds)("a parcel by a key, kept in %s,", (_, openKind) => {
  it("is sent once, however often it is asked for, and said to be sent once", async (context) => {
    const { shipping, lines, metrics } = await openKind(context);

    const [trackingId = "", ...others] = await idsOf(Array.from({ length: 50 }, () => shipping.shipOrder(request)));

    expect(others).toEqual([]);
    expect(trackingId).toMatch(/^[A-Z]{2}-\d{5}-\d{9}$/);
    expect(lines("order_shipped")).toMatchObject([{ tracking_id: trackingId, region: "US", items: 2 }]);
    expect(await metrics()).toContain('shipping_orders_total{region="US",synthetic="false"} 1\n');
    expect(await metrics()).toContain('shipping_repeats_total{synthetic="false"} 49\n');
    expect(await shipping.resolveShipment({ idempotencyKey })).toEqual({ trackingId });
  });

  it("is another than that by another key, or by none", async (context) => {
    const { shipping } = await openKind(context);
    const keys = [idempotencyKey, "order-1", "", ""];

    const ids = await idsOf(keys.map((idempotencyKey) => shipping.shipOrder({ ...request, idempotencyKey })));

    expect(ids.size).toBe(keys.length);
  });

  it("is sent after a refusal by the same key", async (context) => {
    const { shipping } = await openKind(context);
    await expect(shipping.shipOrder({ idempotencyKey })).rejects.toThrow("INVALID_ARGUMENT: address is missing");

    expect(await shipping.shipOrder(request)).toHaveProperty("trackingId");
  });

  it("that was given up is not sent any more, by that key alone", async (context) => {
    const { shipping, lines } = await openKind(context);

    expect(await shipping.resolveShipment({ idempotencyKey })).toEqual({ trackingId: "" });
    expect(await shipping.resolveShipment({ idempotencyKey })).toEqual({ trackingId: "" });
    await expect(shipping.shipOrder(request)).rejects.toThrow("ABORTED: idempotency_key: this parcel was given up");

    expect(lines("order_shipped")).toEqual([]);
    expect(lines("shipping_error")).toMatchObject([{ reason: "ABORTED" }]);
    expect(await shipping.shipOrder({ ...request, idempotencyKey: "order-1" })).toHaveProperty("trackingId");
  });

  it("is sent or given up, and both who ship and who resolve know which, when they come at once", async (context) => {
    const { shipping } = await openKind(context);

    for (let round = 0; round < 20; round++) {
      const idempotencyKey = `order-${round}`;
      const ship = () => shipping.shipOrder({ ...request, idempotencyKey }).catch(() => ({ trackingId: "" }));
      const resolve = () => shipping.resolveShipment({ idempotencyKey });
      expect((await idsOf([ship(), resolve(), ship(), resolve()])).size).toBe(1);
    }
  });
});

it.each(["k".repeat(129), "an order", "ann@example.com"])(
  "a key that is none is refused: %j",
  async (idempotencyKey) => {
    const { shipping } = await open();
    const words = "INVALID_ARGUMENT: idempotency_key: must be at most 128 letters, digits, or any of _.:-";

    await expect(shipping.shipOrder({ ...request, idempotencyKey })).rejects.toThrow(words);
    await expect(shipping.resolveShipment({ idempotencyKey })).rejects.toThrow(words);
  },
);

it("a key is missed where a parcel is to be found by it", async () => {
  const { shipping } = await open();

  await expect(shipping.resolveShipment({})).rejects.toThrow("INVALID_ARGUMENT: idempotency_key: is missing");
});

it("two shipping services on one Redis send one parcel of 50 that are asked for at once", async (context) => {
  const server = await redisFor(context);
  const both = await Promise.all([shippingOn(server), shippingOn(server)]);

  const asked = Array.from({ length: 50 }, (_, i) => both[i % 2 === 0 ? 0 : 1].shipping.shipOrder(request));

  expect((await idsOf(asked)).size).toBe(1);
  expect(both.flatMap(({ lines }) => lines("order_shipped"))).toHaveLength(1);
});

it("nothing of where a parcel goes is kept, and nothing at all of one without a key", async (context) => {
  const { shipping, redis } = await shippingOn(await redisFor(context));
  const { trackingId } = await shipping.shipOrder(request);
  await shipping.shipOrder({ ...request, idempotencyKey: "" });

  expect((await redis.keys("*")).toSorted()).toEqual(["shipping:parcel", `shipping:parcel:${idempotencyKey}`]);
  expect(await redis.get(`shipping:parcel:${idempotencyKey}`)).toBe(JSON.stringify(trackingId));
});

it("a Redis that is away makes calls by a key UNAVAILABLE, and what was sent is known when it is back", async (context) => {
  const server = await redisFor(context, "--appendonly", "yes", "--appendfsync", "always");
  const { shipping, dependencies } = await shippingOn(server);
  const { trackingId } = await shipping.shipOrder(request);

  await server.kill();
  await until(dependencies, false);
  await expect(shipping.shipOrder(request)).rejects.toThrow(away);
  await expect(shipping.resolveShipment({ idempotencyKey })).rejects.toThrow(away);
  expect(await shipping.shipOrder({ ...request, idempotencyKey: "" })).toHaveProperty("trackingId");
  await server.start();
  await until(dependencies, true);

  expect(await shipping.shipOrder(request)).toEqual({ trackingId });
});
