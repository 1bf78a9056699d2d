import { overTheWire } from "@boutique/testkit/wire";
import { describe, expect, it } from "vitest";
import { createMemoryStore } from "../src/memory.ts";
import { kinds, serveCart } from "./stores.ts";

const userId = "7b1f8a52-3c1e-4c55-9a57-2f0a1c6f2f11";
const line = (productId: string, quantity: number) => ({ productId, quantity });
const several = Array.from({ length: 150 }, (_, i) => `PRODUCT-${(i * 7919) % 1000}`);

describe.each(kinds)("a cart in %s", (_, open) => {
  it("holds what was added, lines in the order they were begun", async (context) => {
    const cart = await open(context);

    await cart.addItem({ userId, item: line("OLJCESPC7Z", 1) });
    await cart.addItem({ userId, item: line("66VCHSJNUP", 2) });
    await cart.addItem({ userId, item: line("OLJCESPC7Z", 3) });

    expect(await cart.getCart({ userId })).toEqual({
      userId,
      items: [line("OLJCESPC7Z", 4), line("66VCHSJNUP", 2)],
    });
  });

  it("keeps the order of many lines too", async (context) => {
    const cart = await open(context);

    for (const productId of several) await cart.addItem({ userId, item: line(productId, 1) });

    const { items } = await cart.getCart({ userId });
    expect(items.map(({ productId }) => productId)).toEqual(several);
  });

  it("is empty for a shopper never seen, with the shopper's id (original: blank)", async (context) => {
    const cart = await open(context);

    expect(await cart.getCart({ userId })).toEqual({ userId, items: [] });
  });

  it("belongs to one shopper alone", async (context) => {
    const cart = await open(context);

    await cart.addItem({ userId, item: line("OLJCESPC7Z", 1) });

    expect((await cart.getCart({ userId: "another" })).items).toEqual([]);
  });

  it("is empty once emptied, as often as one likes, and can be filled again under its id (original: blank)", async (context) => {
    const cart = await open(context);
    await cart.emptyCart({ userId });
    await cart.addItem({ userId, item: line("OLJCESPC7Z", 1) });

    await cart.emptyCart({ userId });
    await cart.emptyCart({ userId });

    expect(await cart.getCart({ userId })).toEqual({ userId, items: [] });
    await cart.addItem({ userId, item: line("66VCHSJNUP", 2) });
    expect(await cart.getCart({ userId })).toEqual({ userId, items: [line("66VCHSJNUP", 2)] });
  });

  it("takes 9,999 of a product and not one more (original: wraps round)", async (context) => {
    const cart = await open(context);
    await cart.addItem({ userId, item: line("OLJCESPC7Z", 9_998) });
    await cart.addItem({ userId, item: line("OLJCESPC7Z", 1) });

    await expect(cart.addItem({ userId, item: line("OLJCESPC7Z", 1) })).rejects.toThrow(
      "INVALID_ARGUMENT: item.quantity is 1: a line holds at most 9999",
    );
    await expect(cart.addItem({ userId, item: line("66VCHSJNUP", 2 ** 31 - 1) })).rejects.toThrow(
      "INVALID_ARGUMENT: item.quantity is 2147483647: a line holds at most 9999",
    );

    expect((await cart.getCart({ userId })).items).toEqual([line("OLJCESPC7Z", 9_999)]);
  });

  it("takes 500 lines and not one more, but more of the lines it has", async (context) => {
    const cart = await open(context);
    for (let i = 0; i < 500; i++) await cart.addItem({ userId, item: line(`P${i}`, 1) });

    await expect(cart.addItem({ userId, item: line("ONE-MORE", 1) })).rejects.toThrow(
      "INVALID_ARGUMENT: item.product_id: a cart holds at most 500 lines",
    );
    await cart.addItem({ userId, item: line("P499", 1) });

    const { items } = await cart.getCart({ userId });
    expect(items).toHaveLength(500);
    expect(items.at(-1)).toEqual(line("P499", 2));
  });

  it("takes names that mean something to programs for what they are", async (context) => {
    const cart = await open(context);

    await cart.addItem({ userId: "' OR 1=1 --\r\nDEL", item: line("__proto__", 1) });
    await cart.addItem({ userId: "' OR 1=1 --\r\nDEL", item: line("constructor", 2) });

    expect((await cart.getCart({ userId: "' OR 1=1 --\r\nDEL" })).items).toEqual([
      line("__proto__", 1),
      line("constructor", 2),
    ]);
  });

  it("loses no change of 200 made at once (original: most)", async (context) => {
    const cart = await open(context);

    await Promise.all(
      Array.from({ length: 200 }, (_, i) => cart.addItem({ userId, item: line(i % 2 ? "ODD" : "EVEN", 1) })),
    );

    const { items } = await cart.getCart({ userId });
    expect(items.toSorted((a, b) => a.productId.localeCompare(b.productId))).toEqual([
      line("EVEN", 100),
      line("ODD", 100),
    ]);
  });
});

describe("what is refused", () => {
  const good = line("OLJCESPC7Z", 1);
  const tooLong = "u".repeat(129);
  const form = "item.product_id is not 1 to 64 letters, digits, _ or -";

  it.each([
    ["no user", { item: good }, "user_id is missing"],
    ["a user id of 129 characters", { userId: tooLong, item: good }, "user_id has 129 characters: at most 128"],
    ["no item (original: the process's own error)", { userId }, "item is missing"],
    ["no product", { userId, item: line("", 1) }, form],
    ["a product id with a space", { userId, item: line("OLJ CESPC7Z", 1) }, form],
    ["a product id that ends a line", { userId, item: line("OLJCESPC7Z\n", 1) }, form],
    ["a product id of 65 characters", { userId, item: line("P".repeat(65), 1) }, form],
    ["a quantity of 0", { userId, item: line("OLJCESPC7Z", 0) }, "item.quantity is 0: must be at least 1"],
    ["a negative quantity", { userId, item: line("OLJCESPC7Z", -2) }, "item.quantity is -2: must be at least 1"],
  ])("adding: %s", async (_, request, details) => {
    const cart = await overTheWire("cart", serveCart(createMemoryStore(1_000)));

    await expect(cart.addItem(request)).rejects.toThrow(`INVALID_ARGUMENT: ${details}`);
    expect((await cart.getCart({ userId })).items).toEqual([]);
  });

  it.each([
    ["no user", {}, "user_id is missing"],
    ["a user id of 129 characters", { userId: tooLong }, "user_id has 129 characters: at most 128"],
  ])("looking and emptying: %s", async (_, request, details) => {
    const cart = await overTheWire("cart", serveCart(createMemoryStore(1_000)));

    await expect(cart.getCart(request)).rejects.toThrow(`INVALID_ARGUMENT: ${details}`);
    await expect(cart.emptyCart(request)).rejects.toThrow(`INVALID_ARGUMENT: ${details}`);
  });

  it("not: the longest ids, and a product that no catalogue has", async () => {
    const cart = await overTheWire("cart", serveCart(createMemoryStore(1_000)));
    const longest = { userId: "u".repeat(128), item: line("p_-9".repeat(16), 1) };

    await cart.addItem(longest);

    expect((await cart.getCart(longest)).items).toEqual([longest.item]);
  });
});
