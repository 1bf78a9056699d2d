import { redisFor } from "@boutique/testkit/redis";
import { describe, expect, it } from "vitest";
import { cartOn, openCart, until } from "./stores.ts";

const userId = "ann";
const mug = (quantity: number) => ({ userId, item: { productId: "MUG", quantity } });
const away = { code: 14, cause: { details: "the cart store is away" } };

describe("what is in Redis", () => {
  it("is shared by all instances, which lose no change of one another (original: most)", async (context) => {
    const server = await redisFor(context);
    const carts = await Promise.all(Array.from({ length: 4 }, async () => (await cartOn(server)).cart));

    await Promise.all(Array.from({ length: 200 }, (_, i) => carts[i % 4]?.addItem(mug(1))));

    for (const cart of carts) {
      expect(await cart.getCart({ userId })).toEqual({ userId, items: [{ productId: "MUG", quantity: 200 }] });
    }
  });

  it("is never over a limit, however many add at once", async (context) => {
    const { cart } = await cartOn(await redisFor(context));

    const added = await Promise.allSettled(Array.from({ length: 50 }, () => cart.addItem(mug(999))));

    expect(added.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    expect((await cart.getCart({ userId })).items).toEqual([{ productId: "MUG", quantity: 9_990 }]);
  });

  it("expires seven days after the last change (original: never)", async (context) => {
    const { cart, redis } = await cartOn(await redisFor(context));
    await cart.addItem(mug(1));
    await redis.pexpire("cart:ann", 5_000);

    await cart.addItem(mug(1));

    const week = 7 * 24 * 3_600;
    expect(await redis.ttl("cart:ann")).toBeGreaterThan(week - 60);
    expect(await redis.ttl("cart:ann")).toBeLessThanOrEqual(week);
  });

  it("is gone once the cart is emptied (original: an empty value for ever)", async (context) => {
    const { cart, redis } = await cartOn(await redisFor(context));
    await cart.addItem(mug(1));

    await cart.emptyCart({ userId });

    expect(await redis.keys("*")).toEqual([]);
  });

  it("survives a restart of a Redis that keeps a log", async (context) => {
    const server = await redisFor(context, "--appendonly", "yes");
    const { cart, dependency } = await cartOn(server);
    await cart.addItem(mug(3));

    await server.stop();
    await until(dependency, false);
    await server.start();
    await until(dependency, true);

    expect((await cart.getCart({ userId })).items).toEqual([{ productId: "MUG", quantity: 3 }]);
  });

  it("is added to although Redis has forgotten the script", async (context) => {
    const { cart, redis } = await cartOn(await redisFor(context));
    await cart.addItem(mug(1));

    await redis.script("FLUSH");
    await cart.addItem(mug(1));

    expect((await cart.getCart({ userId })).items).toEqual([{ productId: "MUG", quantity: 2 }]);
  });
});

describe("a Redis that is away", () => {
  it("makes every call UNAVAILABLE at once and without a word of why (original: the whole exception)", async (context) => {
    const server = await redisFor(context);
    const { cart, dependency } = await cartOn(server);

    await server.kill();
    await until(dependency, false);

    await expect(cart.addItem(mug(1))).rejects.toMatchObject(away);
    await expect(cart.getCart({ userId })).rejects.toMatchObject(away);
    await expect(cart.emptyCart({ userId })).rejects.toMatchObject(away);
  });

  it("is not ready, and is again when it is back (original: always ready)", async (context) => {
    const server = await redisFor(context);
    const { cart, dependency } = await cartOn(server);

    for (const end of [server.kill, server.stop]) {
      await end();
      await until(dependency, false);
      await server.start();
      await until(dependency, true);
      await cart.addItem(mug(1));
    }
  });

  it("makes what is under way UNAVAILABLE and repeats nothing of it when it is back", async (context) => {
    const server = await redisFor(context);
    const { cart, store, dependency } = await cartOn(server);
    server.pause();
    const underWay = Promise.allSettled(Array.from({ length: 20 }, () => store.add(userId, "MUG", 1)));

    await server.kill();
    await until(dependency, false);
    await server.start();
    await until(dependency, true);

    for (const call of await underWay) {
      expect(call).toMatchObject({ status: "rejected", reason: { code: 14, details: "the cart store is away" } });
    }
    expect((await cart.getCart({ userId })).items).toEqual([]);
  });

  it("loses nothing that it said was added when it crashes under load and keeps a log", async (context) => {
    // With "everysec" it answers before it writes, and a crash may cost up to two seconds.
    const server = await redisFor(context, "--appendonly", "yes", "--appendfsync", "always");
    const [here, there] = [await cartOn(server), await cartOn(server)];
    let [added, failed, over] = [0, 0, false];
    const shop = async ({ cart }: typeof here) => {
      while (!over)
        await cart.addItem(mug(1)).then(
          () => added++,
          () => failed++,
        );
    };
    const shoppers = Promise.all([here, there, here, there].map(shop));

    for (let crash = 0; crash < 2; crash++) {
      await server.kill();
      await Promise.all([until(here.dependency, false), until(there.dependency, false)]);
      await server.start();
      await Promise.all([until(here.dependency, true), until(there.dependency, true)]);
      await here.cart.addItem(mug(1)).then(() => added++);
    }
    over = true;
    await shoppers;

    const [line] = (await there.cart.getCart({ userId })).items;
    expect(line?.quantity).toBeGreaterThanOrEqual(added);
    expect(line?.quantity).toBeLessThanOrEqual(added + failed);
  });

  it("is noticed when it falls silent without hanging up, by shoppers and by health, and is found again", async (context) => {
    const server = await redisFor(context);
    const { cart, dependency } = await cartOn(server);

    server.pause();
    await expect(cart.addItem(mug(1))).rejects.toMatchObject(away);
    await until(dependency, false);
    await expect(cart.getCart({ userId })).rejects.toMatchObject(away);

    server.resume();
    await until(dependency, true);
    expect((await cart.getCart({ userId })).userId).toBe(userId);
  });

  it("is noticed when it falls silent though nobody shops", async (context) => {
    const server = await redisFor(context);
    const { dependency } = await cartOn(server);

    server.pause();

    await until(dependency, false);
  });

  it("is waited for when it is late, and hangs no call meanwhile", async (context) => {
    const server = await redisFor(context);
    await server.kill();
    const { dependency, redis } = openCart(server);

    await expect(redis.hgetall("cart:ann")).rejects.toThrow();
    await until(dependency, false);
    await server.start();

    await until(dependency, true);
  });

  it("is one line in the log for going and one for coming, however often it was tried", async (context) => {
    const server = await redisFor(context);
    const { dependency, redis, lines } = await cartOn(server);
    await server.kill();
    await until(dependency, false);

    await new Promise<void>((resolve) => {
      let tries = 0;
      redis.on("reconnecting", () => ++tries === 4 && resolve());
    });
    await server.start();
    await until(dependency, true);

    expect(lines).toEqual([
      { level: "info", words: "the cart store is there" },
      { level: "warn", words: "the cart store is away", reason: expect.any(String) },
      { level: "info", words: "the cart store is there" },
    ]);
  });
});

describe("a Redis that lets in whom it knows", () => {
  it("is used with the right password", async (context) => {
    const server = await redisFor(context, "--requirepass", "hunter2");
    const { cart } = await cartOn(server, { password: "hunter2" });

    await cart.addItem(mug(1));

    expect((await cart.getCart({ userId })).items).toHaveLength(1);
  });

  it.for([
    ["a wrong password", { password: "hunter3" }, "WRONGPASS"],
    ["no password", {}, "NOAUTH"],
    ["a database that it has not", { password: "hunter2", db: 99 }, "DB index is out of range"],
  ] as const)("is away with %s, and the log says why", async ([, address, reason], context) => {
    const server = await redisFor(context, "--requirepass", "hunter2");
    const { redis, dependency, lines } = openCart(server, address);

    await new Promise((resolve) => redis.once("reconnecting", resolve));

    expect(dependency.ready()).toBe(false);
    expect(lines).toEqual([
      { level: "warn", words: "the cart store is away", reason: expect.stringContaining(reason) },
    ]);
  });

  it("is not told to the log by its password, though it repeats what it does not understand", async (context) => {
    const server = await redisFor(context, "--rename-command", "HELLO", "H", "--rename-command", "AUTH", "A");
    const { redis, lines } = openCart(server, { username: "hunter1", password: "hunter2" });

    await new Promise((resolve) => redis.once("reconnecting", resolve));

    expect(lines).toMatchObject([
      { words: "the cart store is away", reason: expect.stringMatching("unknown command") },
    ]);
    expect(JSON.stringify(lines)).not.toContain("hunter");
  });
});

describe("a Redis that refuses a command", () => {
  it("is away to the caller, and why is there for the log, without whose cart it was", async (context) => {
    const { store } = await cartOn(await redisFor(context, "--rename-command", "HGETALL", "H"));

    const refusal = await store.get(userId).catch((error) => error);

    expect(refusal.details).toBe("the cart store is away");
    expect(refusal.cause.message).toMatch(/^Redis failed: ERR unknown command 'hgetall'$/i);
  });
});
