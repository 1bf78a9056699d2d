import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { topology } from "@boutique/contract/topology";
import { expect, it, onTestFinished } from "vitest";
import { connect } from "../src/client.ts";
import { listen, route } from "../src/server.ts";

// Of parts that start together some start later, and are called before who calls has found them.

const placed = { order: null, placedAtMs: "0" };

/** A port where nobody listens yet, a peer of it, and what makes somebody listen. */
async function aPeerToCome() {
  const finder = createServer().listen(0, "127.0.0.1");
  await once(finder, "listening");
  const { port } = finder.address() as { port: number };
  await new Promise((done) => finder.close(done));
  const checkout = connect("checkout", `127.0.0.1:${port}`);
  const servers: Awaited<ReturnType<typeof listen>>[] = [];
  onTestFinished(async () => {
    checkout.close();
    for (const server of servers) await server.close(0);
  });
  const come = async () => {
    const server = await listen(port, [route(topology.checkout.service, { placeOrder: () => placed })]);
    servers.push(server);
    return server;
  };
  return { checkout, come };
}

// After the last, gRPC's pauses between two attempts are as long as they get.
it.each([0, 700, 2_500])(
  "is answered by a peer that began %s ms later, though the call is not sent twice",
  async (late) => {
    const { checkout, come } = await aPeerToCome();
    checkout.warm();
    await expect.poll(() => checkout.state()).toBe("TRANSIENT_FAILURE");
    await pause(late);

    await come();

    await expect(checkout.placeOrder({})).resolves.toEqual(placed);
  },
);

it("waits a moment for a peer that was never met, and then says that nobody is there", async () => {
  const { checkout, come } = await aPeerToCome();
  const soon = checkout.placeOrder({});
  await expect.poll(() => checkout.state()).toBe("TRANSIENT_FAILURE");

  await expect(soon).rejects.toThrow(/^UNAVAILABLE.*ECONNREFUSED/s);

  await come();
  await expect(checkout.placeOrder({})).resolves.toEqual(placed);
});

it("does not wait for a peer that was met, and is gone", async () => {
  const { checkout, come } = await aPeerToCome();
  const server = await come();
  await checkout.placeOrder({});
  await server.close(0);
  await expect(checkout.placeOrder({})).rejects.toThrow("UNAVAILABLE");
  await expect.poll(() => checkout.state()).toBe("TRANSIENT_FAILURE");

  const back = pause(200).then(come);

  await expect(checkout.placeOrder({})).rejects.toThrow("UNAVAILABLE");
  await back;
});
