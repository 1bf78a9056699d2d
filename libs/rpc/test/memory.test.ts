import { type Context, rpcsOf } from "@boutique/contract/proto";
import { topology } from "@boutique/contract/topology";
import { expect, it } from "vitest";
import { connect } from "../src/client.ts";
import { withContext } from "../src/context.ts";
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
    transport: (peer, _, repeatable, retried) =>
      neighbours.transport(peer, rpcsOf(topology.cart.service), repeatable, retried),
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
  const unwritable = await failure(client.addItem({ item: "a mug" as never }));
  expect(unwritable).toBeInstanceOf(RpcError);
  expect(String(unwritable)).toContain("INTERNAL: Request message serialization failure: ");
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

it("does nothing for a caller whose time is up, or who has hung up", async () => {
  let done = 0;
  const { client, server } = await cartNextDoor({
    addItem: () => {
      done += 1;
      return {};
    },
  });
  const gone = AbortSignal.abort();
  const asked = (context: Partial<Context>) =>
    withContext({ deadline: Date.now() + 5_000, signal: new AbortController().signal, trace: {}, ...context }, () =>
      failure(client.addItem({})),
    );

  expect(String(await asked({ deadline: Date.now() - 1 }))).toContain("DEADLINE_EXCEEDED");
  expect(String(await asked({ signal: gone }))).toContain("CANCELLED");
  expect(done).toBe(0);
  await server.close(0);
});

it("waits no longer for another attempt than the caller does", async () => {
  const { client, server } = await cartNextDoor({
    getCart: () => {
      throw new RpcError("UNAVAILABLE", "the store is away");
    },
  });
  const hangUp = new AbortController();
  const context = { deadline: Date.now() + 60_000, signal: hangUp.signal, trace: {} };
  const asked = withContext(context, () => failure(client.getCart({})));
  hangUp.abort();

  expect(String(await asked)).toContain("CANCELLED");
  await server.close(0);
});

it("says of each peer by itself whether it is there", async () => {
  const neighbours = createNeighbours();
  const server = await listen(0, [route(topology.cart.service, { getCart: () => ({}) })], { neighbours });
  const [cart, ad] = [topology.cart, topology.ad].map(({ service }) => neighbours.transport("", rpcsOf(service), []));

  expect([cart?.state(), ad?.state()]).toEqual(["READY", "IDLE"]);
  await server.close(0);
  expect(cart?.state()).toBe("IDLE");
  cart?.close();
  expect(cart?.state()).toBe("SHUTDOWN");
});
