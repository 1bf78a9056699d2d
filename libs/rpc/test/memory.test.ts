import { topology } from "@boutique/contract/topology";
import { expect, it } from "vitest";
import { connect } from "../src/client.ts";
import { RpcError } from "../src/error.ts";
import { createNeighbours } from "../src/memory.ts";
import { listen, route } from "../src/server.ts";
import { failure, patient } from "./ends.ts";

/** A cart that is called in memory, and its caller. */
async function cartNextDoor(handlers: Parameters<typeof route<typeof topology.cart.service>>[1]) {
  const neighbours = createNeighbours();
  const retries: number[] = [];
  const server = await listen(0, [route(topology.cart.service, handlers)], { neighbours });
  const client = connect("cart", "nowhere:1", {
    budgets: patient,
    transport: (peer, _, repeatable, retried) => neighbours.transport(peer, repeatable, retried),
    retried: (_, times) => retries.push(times),
  });
  return { client, server, retries };
}

it("shares no object between the two ends", async () => {
  const stored = { userId: "u", items: [{ productId: "MUG", quantity: 1 }] };
  const seen: unknown[] = [];
  const { client, server } = await cartNextDoor({
    getCart: () => stored,
    addItem: (request) => {
      seen.push(request);
      return {};
    },
  });
  const item = { productId: "MUG", quantity: 1 };
  const request = { userId: "u", item };

  await client.addItem(request);
  const first = await client.getCart({});
  first.items.push({ productId: "OTHER", quantity: 9 });

  expect(seen).toEqual([request]);
  expect((seen[0] as typeof request).item).not.toBe(item);
  expect((await client.getCart({})).items).toEqual(stored.items);
  await server.close(0);
});

it("refuses a request that the wire would refuse, and one that cannot be written", async () => {
  const { client, server } = await cartNextDoor({ getCart: () => ({}), addItem: () => ({}) });

  await expect(client.getCart({ userId: "u".repeat(300_000) })).rejects.toThrow(
    "RESOURCE_EXHAUSTED: Received message larger than max (300004 vs 262144)",
  );
  await expect(client.addItem({ item: "a mug" as never })).rejects.toThrow();
  await server.close(0);
});

it("tries a call without side effects again while the peer is unavailable, any other never", async () => {
  let times = 0;
  const away = () => {
    times += 1;
    if (times < 3) throw new RpcError("UNAVAILABLE", "the store is away");
    return {};
  };
  const { client, server, retries } = await cartNextDoor({ getCart: away, addItem: away });

  await client.getCart({});
  expect([times, retries]).toEqual([3, [2]]);
  times = 0;
  expect(String(await failure(client.addItem({})))).toContain("UNAVAILABLE: the store is away");
  expect([times, retries]).toEqual([1, [2]]);
  await server.close(0);
});

it("is told that nobody is there once the peer has stopped", async () => {
  const { client, server } = await cartNextDoor({ getCart: () => ({}) });
  await server.close(0);

  expect(String(await failure(client.getCart({})))).toContain("UNAVAILABLE: No connection established");
});
