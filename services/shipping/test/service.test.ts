import { createMemoryRecords } from "@boutique/store/memory-records";
import { recordBusiness } from "@boutique/testkit/business";
import { overTheWire } from "@boutique/testkit/wire";
import { describe, expect, it } from "vitest";
import { createShipping } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";

const address = { streetAddress: "1 Main St", city: "Springfield", state: "OR", country: "USA", zipCode: 97477 };
const item = (quantity: number) => ({ productId: "OLJCESPC7Z", quantity });
const open = () =>
  overTheWire("shipping", createShipping(createSignals(recordBusiness().business), createMemoryRecords()));
const fee = { currencyCode: "USD", units: "8", nanos: 990_000_000 };

describe("getQuote", () => {
  it.each([
    ["one item", [item(1)], fee],
    ["many items", [item(3), item(9_999)], fee],
    ["no items", [], { ...fee, units: "0", nanos: 0 }],
    ["items of no quantity", [item(0)], { ...fee, units: "0", nanos: 0 }],
  ])("prices %s", async (_, items, costUsd) => {
    const shipping = await open();

    expect(await shipping.getQuote({ address, items })).toEqual({ costUsd });
  });

  it("needs no address", async () => {
    const shipping = await open();

    expect(await shipping.getQuote({ items: [item(1)] })).toEqual({ costUsd: fee });
  });

  it("refuses a negative quantity, also one that another line cancels (original: free)", async () => {
    const shipping = await open();

    await expect(shipping.getQuote({ items: [item(2), item(-2)] })).rejects.toThrow(
      "INVALID_ARGUMENT: items[1].quantity is negative",
    );
  });
});

describe("shipOrder", () => {
  it("names the parcel in the form that others expect", async () => {
    const shipping = await open();

    const { trackingId } = await shipping.shipOrder({ address, items: [item(1)] });

    expect(trackingId).toMatch(/^[A-Z]{2}-\d{5}-\d{9}$/);
  });

  it("uses every letter, Z too (original: never)", async () => {
    const shipping = await open();

    const ids = await Promise.all(Array.from({ length: 500 }, () => shipping.shipOrder({ address })));

    expect(new Set(ids.map(({ trackingId }) => trackingId[0])).size).toBe(26);
    expect(new Set(ids.map(({ trackingId }) => trackingId)).size).toBe(500);
  });

  it("survives an order without an address (original: the process dies)", async () => {
    const shipping = await open();

    await expect(shipping.shipOrder({})).rejects.toThrow("INVALID_ARGUMENT: address is missing");
    expect(await shipping.shipOrder({ address })).toHaveProperty("trackingId");
  });
});
