import { once } from "node:events";
import { createServer } from "node:net";
import { topology } from "@boutique/contract/topology";
import { listen, route } from "@boutique/rpc/server";
import { expect, it, onTestFinished, vi } from "vitest";
import { startRelay } from "./relay.ts";

/** A port where nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" ? Number(address?.port) : 0;
}

it("shows in a metric and one line of the log each that a peer is away, and that it is back", {
  timeout: 30_000,
}, async () => {
  const port = await freePort();
  const relay = await startRelay({ CART_SERVICE_ADDR: `127.0.0.1:${port}` });
  onTestFinished(() => relay.kill());
  const ask = () => relay.ask("empty the cart").catch(() => {});
  const news = () => relay.lines.filter(({ peer }) => peer === "cartservice").map(({ severity }) => severity);
  expect(await relay.metrics()).toContain('grpc_client_circuit_open{peer="cartservice"} 0');

  for (let asked = 0; asked < 6; asked++) await ask();

  const away = await relay.metrics();
  expect(away).toContain('grpc_client_circuit_open{peer="cartservice"} 1');
  expect(away).toContain('grpc_client_circuit_refused_total{peer="cartservice"} 1');
  expect(news()).toEqual(["warn"]);

  const cart = await listen(port, [route(topology.cart.service, { emptyCart: () => ({}) })]);
  onTestFinished(async () => void (await cart.close(0)));
  await vi.waitFor(() => relay.ask("empty the cart"), 10_000);
  expect(await relay.metrics()).toContain('grpc_client_circuit_open{peer="cartservice"} 0');
  expect(news()).toEqual(["warn", "info"]);
});

it("is told how many calls to serve at once, and counts who is not", async () => {
  const begun = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const held = async () => {
    begun.resolve();
    await go.promise;
    return {};
  };
  const cart = await listen(0, [route(topology.cart.service, { emptyCart: held })]);
  const settings = { CALLS_AT_ONCE: "1", QUEUE_TIMEOUT_MS: "20", WRITE_TIMEOUT_MS: "30000" };
  const relay = await startRelay({ CART_SERVICE_ADDR: `127.0.0.1:${cart.port}`, ...settings });
  onTestFinished(async () => {
    await relay.kill();
    await cart.close(0);
  });

  const first = relay.ask("empty the cart");
  await begun.promise;
  await expect(relay.ask("nothing")).rejects.toThrow("RESOURCE_EXHAUSTED: 1 are in progress, and 0 more wait");

  const figures = await relay.metrics();
  expect(figures).toContain("grpc_server_waiting 0");
  expect(figures).toContain('grpc_server_refused_total{reason="full"} 1');
  go.resolve();
  await first;
});
