import { describe, expect, it } from "vitest";
import { writeConfirmation } from "../src/letter.ts";
import { order } from "./order.ts";

const word = /[\s<>]+/;

describe("the confirmation", () => {
  it.each([
    "b1946ac9-2af3-4d1b-8cbe-aabbccddeeff",
    "ZK-20417-108332194",
    "OLJCESPC7Z",
    "CA$26.74",
    "CA$53.49",
    "6E92ZMYYFZ",
    "10",
    "CA$120.24",
    "CA$12.02",
    "CA$185.76",
  ])("says %s in both its forms (original: template never rendered)", (fact) => {
    const { html, text } = writeConfirmation(order);

    expect(html.split(word)).toContain(fact);
    expect(text.split(/[\s,]+/)).toContain(fact);
  });

  it.each(["1600 Amphitheatre Parkway", "Mountain View, CA 94043", "United States"])(
    "gives the address with its line %s (original: fields that do not exist, and no state)",
    (line) => {
      const { html, text } = writeConfirmation(order);

      expect(html).toContain(line);
      expect(text.split("\n")).toContain(line);
    },
  );

  it("has the order in its subject", () => {
    expect(writeConfirmation(order).subject).toBe("Your Online Boutique order b1946ac9-2af3-4d1b-8cbe-aabbccddeeff");
  });

  it.each([
    ["EUR", "17", 682_441_398, "€17.68"],
    ["JPY", "2235", 60_592_707, "¥2,235"],
    ["TRY", "108", 299_648_830, "₺108.29"],
    ["USD", "9223372036854775807", 999_999_999, "$9,223,372,036,854,775,807.99"],
  ])("prices in %s as that currency is written", (currencyCode, units, nanos, written) => {
    const shippingCost = { currencyCode, units, nanos };

    expect(writeConfirmation({ ...order, items: [], shippingCost }).text).toContain(`Total     ${written}`);
  });

  it("closes every element that it opens (original: left open)", () => {
    const { html } = writeConfirmation(order);

    const open: string[] = [];
    for (const [, close, name = ""] of html.matchAll(/<(\/?)([a-z]\w*)[^>]*>/g)) {
      if (/^(meta|br)$/.test(name)) continue;
      if (close) expect(open.pop()).toBe(name);
      else open.push(name);
    }

    expect(open).toEqual([]);
  });

  it("shows what looks like HTML as the text it is", () => {
    const attack = '<img src=x onerror="alert(1)">';
    const { html, text } = writeConfirmation({
      ...order,
      orderId: attack,
      shippingTrackingId: attack,
      shippingAddress: { streetAddress: attack, city: attack, state: attack, country: attack, zipCode: 1 },
      items: [
        {
          item: { productId: attack, quantity: 1 },
          cost: { currencyCode: "CAD", units: "1", nanos: 0 },
        },
      ],
    });

    expect(html).not.toContain("<img");
    expect(html.split("&lt;img src&#x3D;x onerror&#x3D;&quot;alert(1)&quot;&gt;")).toHaveLength(9);
    expect(text).toContain(attack);
  });

  it.each([
    ["no tracking number", { shippingTrackingId: "" }, "Tracking"],
    ["no address", { shippingAddress: null }, "WHERE IT GOES"],
  ])("leaves out what there is not: %s", (_, change, heading) => {
    const { html, text } = writeConfirmation({ ...order, ...change });

    expect(text).not.toContain(heading);
    expect(html.toUpperCase()).not.toContain(heading.toUpperCase());
  });

  it("writes an address of a country alone without stray commas", () => {
    const shippingAddress = { streetAddress: "", city: "", state: "", country: "Iceland", zipCode: 0 };

    expect(writeConfirmation({ ...order, shippingAddress }).text).toContain("WHERE IT GOES\n\nIceland\n");
  });
});
