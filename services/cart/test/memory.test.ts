import { expect, it } from "vitest";
import { createMemoryStore } from "../src/memory.ts";

const day = 24 * 3_600_000;
const one = [{ productId: "MUG", quantity: 1 }];

it("forgets a cart seven days after its last change (original: never)", async () => {
  let now = 0;
  const store = createMemoryStore(10, () => now);
  await store.add("ann", "MUG", 1);
  now = 6 * day;
  await store.add("ann", "MUG", 1);

  now = 13 * day - 1;
  expect(await store.get("ann")).toEqual([{ productId: "MUG", quantity: 2 }]);
  now = 13 * day;
  expect(await store.get("ann")).toEqual([]);
});

it("begins anew the cart of a shopper who comes back later than that", async () => {
  let now = 0;
  const store = createMemoryStore(10, () => now);
  await store.add("ann", "MUG", 5);

  now = 7 * day;
  await store.add("ann", "MUG", 1);

  expect(await store.get("ann")).toEqual(one);
});

it("drops the cart that was left alone the longest when there are too many", async () => {
  const store = createMemoryStore(2);
  await store.add("ann", "MUG", 1);
  await store.add("bob", "MUG", 1);
  await store.add("ann", "HAT", 1);

  await store.add("cid", "MUG", 1);

  expect(await store.get("bob")).toEqual([]);
  expect(await store.get("ann")).toHaveLength(2);
  expect(await store.get("cid")).toEqual(one);
});

it("does not count a cart twice, nor one that was emptied", async () => {
  const store = createMemoryStore(2);
  await store.add("ann", "MUG", 1);
  await store.add("bob", "MUG", 1);
  await store.empty("bob");
  await store.add("cid", "MUG", 1);
  await store.add("cid", "HAT", 1);

  expect(await store.get("ann")).toEqual(one);
});

it("gives lines that nobody can change behind its back", async () => {
  const store = createMemoryStore(2);
  await store.add("ann", "MUG", 1);

  for (const line of await store.get("ann")) line.quantity = 99;

  expect(await store.get("ann")).toEqual(one);
});
