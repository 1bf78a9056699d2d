import { once } from "node:events";
import { createServer, connect as dial, type Socket } from "node:net";
import { topology } from "@boutique/contract/topology";
import { expect, it, onTestFinished } from "vitest";
import { connect } from "../src/client.ts";
import type { RpcError } from "../src/error.ts";
import { createHealth } from "../src/health.ts";
import { listen, route } from "../src/server.ts";

const budgets = { read: 200, write: 200, order: 400, optional: 200 };

/** A wire that can be cut without a word to either end, as when a node dies; what is dialled afterwards passes. */
async function wireTo(port: number) {
  const ends = new Set<Socket>();
  const wire = createServer((near) => {
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
