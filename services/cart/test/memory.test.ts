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

it("drops the cart that was left alone the longest when there are too many lines", async () => {
  const store = createMemoryStore(3);
  await store.add("ann", "MUG", 1);
  await store.add("bob", "MUG", 1);
  await store.add("ann", "HAT", 1);

  await store.add("cid", "MUG", 1);

  expect(await store.get("bob")).toEqual([]);
  expect(await store.get("ann")).toHaveLength(2);
  expect(await store.get("cid")).toEqual(one);
});

it("holds no more lines in all than it may, however many carts they are in (original: without limit)", async () => {
  const store = createMemoryStore(1_000);
  const users = Array.from({ length: 100 }, (_, i) => `shopper-${i}`);
  for (const user of users) {
    for (let line = 0; line < 90; line++) await store.add(user, `P${line}`, 1);
  }

  const counts = await Promise.all(users.map(async (user) => (await store.get(user)).length));

  expect(counts).toEqual([...Array(89).fill(0), ...Array(11).fill(90)]);
});

it("drops several carts to make room for one", async () => {
  const store = createMemoryStore(4);
  for (const user of ["ann", "bob", "cid"]) await store.add(user, "MUG", 1);

  for (const product of ["MUG", "HAT", "CAP"]) await store.add("dan", product, 1);

  const counts = await Promise.all(["ann", "bob", "cid", "dan"].map(async (user) => (await store.get(user)).length));
  expect(counts).toEqual([0, 0, 1, 3]);
});

it("counts no line twice, nor those of a cart that was emptied, refused or out of date", async () => {
  let now = 0;
  const store = createMemoryStore(3, () => now);
  await store.add("cid", "MUG", 1);
  await store.add("cid", "HAT", 1);
  now = 7 * day;
  await store.add("cid", "MUG", 1);
  await store.add("ann", "MUG", 1);
  await store.add("bob", "MUG", 1);
  await store.empty("bob");
  await store.empty("bob");
  await store.add("cid", "MUG", 9_999);
  await store.add("cid", "MUG", 1);
  await store.add("cid", "HAT", 1);

  expect(await store.get("ann")).toEqual(one);
  expect(await store.get("cid")).toHaveLength(2);
});

it("gives lines that nobody can change behind its back", async () => {
  const store = createMemoryStore(2);
  await store.add("ann", "MUG", 1);

  for (const line of await store.get("ann")) line.quantity = 99;

  expect(await store.get("ann")).toEqual(one);
});
