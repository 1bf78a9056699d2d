import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { type RedisServer, redisFor } from "@boutique/testkit/redis";
import { expect, it, onTestFinished, vi } from "vitest";
import { connectRedis } from "../src/connection.ts";
import { until } from "./connections.ts";

const NOWHERE = ["127.0.0.1", "1"] as const;
const PATIENCE = { timeout: 10_000, interval: 50 };

/** A connection that is ready, what it logged, how often it was closed, and how to write to it twenty times a second. */
async function openStore({ port }: Pick<RedisServer, "port">) {
  const lines: string[] = [];
  const note = (_: object, words: string) => void lines.push(words);
  const address = { host: "127.0.0.1", port, db: 0, tls: false };
  const { redis, dependency } = connectRedis(address, "the store", { info: note, warn: note });
  onTestFinished(() => dependency.close());
  await until(dependency, true);
  const closed = vi.fn();
  redis.on("close", closed);
  const writer = setInterval(() => redis.set("a", "one").catch(() => {}), 50);
  onTestFinished(() => clearInterval(writer));
  const reader = async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return redis.get("kept");
  };
  return { redis, dependency, lines, closed, reader };
}

it("a Redis that takes no writes for a while is read all the same, over one connection, and the log says so once", async (context) => {
  const server = await redisFor(context);
  const { redis, dependency, lines, closed, reader } = await openStore(server);
  await redis.set("kept", "for all");
  const changed = vi.fn();
  dependency.watch(changed);

  await redis.replicaof(...NOWHERE);
  const read = new Set<string | null>();
  for (let time = 0; time < 100; time += 1) read.add(await reader());
  await expect(redis.set("b", "two")).rejects.toThrow("READONLY");
  await redis.replicaof("NO", "ONE");
  await vi.waitFor(() => expect(lines).toContain("the store takes writes again"), PATIENCE);

  expect([...read]).toEqual(["for all"]);
  expect(await redis.set("b", "two")).toBe("OK");
  expect([closed.mock.calls.length, changed.mock.calls.length]).toEqual([0, 0]);
  expect(lines).toEqual(["the store is there", "the store takes no writes", "the store takes writes again"]);
});

it("the one that has become the master is found, wherever the address leads to by then", async (context) => {
  const [first, second] = [await redisFor(context), await redisFor(context)];
  const door = await openDoor(first.port);
  const { redis, dependency, lines, closed, reader } = await openStore(door);
  await redis.set("kept", "by the first");

  await redis.replicaof(...NOWHERE);
  await vi.waitFor(() => expect(lines).toContain("the store takes no writes"), PATIENCE);
  expect(await reader()).toBe("by the first");
  door.leadTo(second.port);
  await vi.waitFor(() => expect(closed).toHaveBeenCalled(), PATIENCE);
  await until(dependency, true);

  expect(await redis.set("kept", "by the second")).toBe("OK");
  expect(closed).toHaveBeenCalledOnce();
  const away = ["the store takes no writes", "the store is away", "the store is there"];
  expect(lines).toEqual(["the store is there", ...away]);
});

/** A way to a port that can lead to another from now on, for who comes anew. */
async function openDoor(target: number) {
  let leads = target;
  const sockets = new Set<Socket>();
  const server = createServer((caller) => {
    const called = connect(leads, "127.0.0.1");
    for (const [one, other] of [
      [caller, called],
      [called, caller],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy()).once("close", () => other.destroy());
      one.pipe(other);
    }
  }).listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    leadTo(other: number) {
      leads = other;
    },
  };
}
