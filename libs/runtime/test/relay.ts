import { fileURLToPath } from "node:url";
import type { Context } from "@boutique/contract/proto";
import { type Client, type Handlers, topology } from "@boutique/contract/topology";
import { connect } from "@boutique/rpc/client";
import { withContext } from "@boutique/rpc/context";
import { listen, route } from "@boutique/rpc/server";
import { ports, type Running, start } from "./process.ts";

/** Where a relay begins: a checkout that does what it is asked. */
export const relayService = fileURLToPath(new URL("relay-service.ts", import.meta.url));

/** What a relay can be asked to do. */
type Wish =
  | "look into the cart"
  | "empty the cart"
  | "ask the next"
  | "refuse"
  | "throw what is not ours"
  | "crash"
  | "nothing";

/** Two spans of somebody else's, the first recorded, the second not. */
export const sampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
export const unsampled = "00-11f7651916cd43dd8448eb211c80319d-c7ad6b7169203332-00";

/**
 * A cart in the test's own process: when it is looked into, it notes the headers that come and answers as it is told;
 * being emptied it never ends.
 */
export async function openCart() {
  const empty: Handlers<"cart">["getCart"] = () => ({});
  const seen: Context["trace"][] = [];
  const state = { answer: empty };
  const server = await listen(0, [
    route(topology.cart.service, {
      getCart: (request, context) => {
        seen.push(context.trace);
        return state.answer(request, context);
      },
      emptyCart: () => new Promise(() => {}),
    }),
  ]);
  return {
    address: `127.0.0.1:${server.port}`,
    seen,
    /** Has it answer so, until the next. */
    answer(next = empty) {
      state.answer = next;
    },
    close: () => server.close(0),
  };
}

/** A relay as a process of its own, and somebody who asks it. */
export interface Relay extends Running {
  readonly address: string;
  /** Asks for something, with these W3C headers. */
  ask(wish: Wish, trace?: Context["trace"]): Promise<unknown>;
  /** What Prometheus would read, as text or as OpenMetrics. */
  metrics(format?: "text" | "OpenMetrics"): Promise<string[]>;
  readonly metricsPort: number;
  /** Ends it in order, and says how. */
  stop(): Promise<number | NodeJS.Signals>;
}

/** Starts a relay; the caller ends it. */
export async function startRelay(env: NodeJS.ProcessEnv = {}): Promise<Relay> {
  // A busy machine is no reason for a test to fail.
  const service = start(relayService, { READ_TIMEOUT_MS: "30000", ...env });
  const { grpc, metrics } = await Promise.race([
    ports(service),
    service.ended().then((code) => Promise.reject(new Error(`ended: ${code} ${JSON.stringify(service.lines)}`))),
  ]);
  const address = `127.0.0.1:${grpc}`;
  const budget = 30_000;
  const client: Client<"checkout"> & { close(): void } = connect("checkout", address, {
    budgets: { read: budget, write: budget, order: budget, optional: budget },
  });
  return {
    ...service,
    address,
    metricsPort: metrics,
    ask: (userId, trace = {}) =>
      withContext({ deadline: Date.now() + budget, signal: new AbortController().signal, trace }, () =>
        client.placeOrder({ userId }),
      ),
    async metrics(format = "text") {
      const accept = format === "text" ? "text/plain" : "application/openmetrics-text;version=1.0.0";
      const answer = await fetch(`http://127.0.0.1:${metrics}/metrics`, { headers: { accept } });
      return (await answer.text()).split("\n");
    },
    stop() {
      service.process.kill("SIGTERM");
      return service.ended();
    },
    async kill() {
      client.close();
      await service.kill();
    },
  };
}
