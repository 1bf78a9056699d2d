import { once } from "node:events";
import { createServer, connect as dial, type Socket } from "node:net";
import { topology } from "@boutique/contract/topology";
import { expect, it, onTestFinished } from "vitest";
import { connect } from "../src/client.ts";
import type { RpcError } from "../src/error.ts";
import { createHealth } from "../src/health.ts";
import { listen, route } from "../src/server.ts";

const budgets = { read: 200, write: 200, order: 400, optional: 200 };

/**
 * A wire that can be cut without a word to either end, as when a node dies; what is dialled afterwards passes. The first
 * who dial, as many as are told, hear nothing at all.
 */
async function wireTo(port: number, swallowed = 0) {
  const ends = new Set<Socket>();
  let dialled = 0;
  const wire = createServer((near) => {
    dialled += 1;
    if (dialled <= swallowed) return void ends.add(near);
    const far = dial(port, "127.0.0.1");
    ends.add(near).add(far);
    near.pipe(far).pipe(near);
    for (const end of [near, far]) end.on("error", () => {});
  }).listen(0, "127.0.0.1");
  await once(wire, "listening");
  return {
    close() {
      for (const end of ends) end.destroy();
      wire.close();
    },
    port: (wire.address() as { port: number }).port,
    dialled: () => dialled,
    lose() {
      for (const end of ends) end.unpipe().pause();
    },
  };
}

it("a connection that is lost without a word is replaced", async () => {
  const health = createHealth("hipstershop.CheckoutService");
  health.set(true);
  const answers = { listOrders: () => ({ orders: [] }) };
  const server = await listen(0, [route(topology.checkout.service, answers)], { additions: [health] });
  const wire = await wireTo(server.port);
  const checkout = connect("checkout", `127.0.0.1:${wire.port}`, { budgets });
  onTestFinished(async () => {
    checkout.close();
    wire.close();
    await server.close(0);
  });
  await checkout.listOrders({ userId: "ada" });

  wire.lose();

  await expect(checkout.listOrders({ userId: "ada" })).rejects.toThrow("DEADLINE_EXCEEDED");
  const again = () => checkout.listOrders({ userId: "ada" }).catch((error: RpcError) => error.message);
  await expect.poll(again, { timeout: 8_000, interval: 20 }).toEqual({ orders: [] });
}, 10_000);

it("a connection that never comes about is tried anew within the time of the first call", async () => {
  const server = await listen(0, [route(topology.checkout.service, { listOrders: () => ({ orders: [] }) })]);
  const wire = await wireTo(server.port, 1);
  const checkout = connect("checkout", `127.0.0.1:${wire.port}`);
  onTestFinished(async () => {
    checkout.close();
    wire.close();
    await server.close(0);
  });

  await expect(checkout.listOrders({ userId: "ada" })).resolves.toEqual({ orders: [] });
  expect(wire.dialled()).toBe(2);
});

it("while no connection comes about, a call ends with its time or its caller, and few are begun", async () => {
  const wire = await wireTo(1, Number.POSITIVE_INFINITY);
  const checkout = connect("checkout", `127.0.0.1:${wire.port}`, { budgets: { ...budgets, read: 1_000 } });
  onTestFinished(() => {
    checkout.close();
    wire.close();
  });
  const { withContext } = await import("../src/context.ts");
  const hungUp = { deadline: Date.now() + 10_000, signal: AbortSignal.timeout(50), trace: {} };

  const asked = Promise.allSettled(Array.from({ length: 4 }, () => checkout.listOrders({ userId: "ada" })));
  await expect(withContext(hungUp, () => checkout.listOrders({ userId: "ada" }))).rejects.toThrow("CANCELLED");
  for (const call of await asked) expect(call).toMatchObject({ reason: { message: /^DEADLINE_EXCEEDED/ } });

  expect(wire.dialled()).toBeLessThanOrEqual(3);
});

it("a caller that is lost without a word does not hold up a stop", async () => {
  const server = await listen(0, [route(topology.checkout.service, { listOrders: () => ({ orders: [] }) })]);
  const wire = await wireTo(server.port);
  const checkout = connect("checkout", `127.0.0.1:${wire.port}`, { budgets });
  onTestFinished(() => {
    checkout.close();
    wire.close();
  });
  await checkout.listOrders({ userId: "ada" });

  wire.lose();

  expect(await server.close(100)).toBe(0);
});

it("a peer that hangs is noticed also by calls whose time is all that their caller had", async () => {
  const server = await listen(0, [route(topology.checkout.service, { placeOrder: () => new Promise(() => {}) })]);
  const checkout = connect("checkout", `127.0.0.1:${server.port}`, { budgets });
  onTestFinished(async () => {
    checkout.close();
    await server.close(0);
  });
  const { withContext } = await import("../src/context.ts");
  for (let order = 0; order < 5; order += 1) {
    const context = { deadline: Date.now() + budgets.order, signal: new AbortController().signal, trace: {} };
    await expect(withContext(context, () => checkout.placeOrder({}))).rejects.toThrow("DEADLINE_EXCEEDED");
  }

  expect(checkout.circuitOpen()).toBe(true);
});
