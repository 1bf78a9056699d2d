import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { rpcsOf } from "@boutique/contract/proto";
import { type Client, type Handlers, type ServiceName, topology } from "@boutique/contract/topology";
import { onTestFinished } from "vitest";
import { type Budgets, type ClientOptions, connect } from "../src/client.ts";
import { createNeighbours, type Neighbours } from "../src/memory.ts";
import { type ListenOptions, listen, route } from "../src/server.ts";

/** The same tests run on both: who listens on a port is then a neighbour, and called in memory. */
const inMemory = process.env.TRANSPORT === "memory";
const neighboursAt = new Map<number, Neighbours>();

/** Long enough that no deadline ends a call that was not meant to end by one. */
export const patient: Budgets = { read: 30_000, write: 30_000, order: 30_000, optional: 30_000 };

/** Serves handlers on a free port, until the test ends. */
export async function serve<N extends ServiceName>(name: N, handlers: Partial<Handlers<N>>, options?: ListenOptions) {
  const neighbours = createNeighbours();
  const server = await listen(0, [route(topology[name].service, handlers)], { ...options, neighbours });
  if (inMemory) neighboursAt.set(server.port, neighbours);
  onTestFinished(async () => void (await server.close(0)));
  return server;
}

/** A client of what listens on a port, until the test ends. */
export function call<N extends ServiceName>(name: N, port: number, options: ClientOptions = {}): Client<N> {
  const near = neighboursAt.get(port);
  const client = connect(name, `127.0.0.1:${port}`, {
    budgets: patient,
    ...(near && {
      transport: (peer, _, repeatable, retried) =>
        near.transport(peer, rpcsOf(topology[name].service), repeatable, retried),
    }),
    ...options,
  });
  onTestFinished(() => client.close());
  return client;
}

/** Both ends at once. */
export async function bothEnds<N extends ServiceName>(
  name: N,
  handlers: Partial<Handlers<N>>,
  { server, client }: { server?: ListenOptions; client?: ClientOptions } = {},
): Promise<Client<N>> {
  const { port } = await serve(name, handlers, server);
  return call(name, port, client);
}

/** How a call failed. */
export const failure = (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => {
      throw new Error("the call was to fail");
    },
    (error) => error,
  );

/** A checkout that charges and does nothing else: two hops from its caller to the payment. */
export const charging = (payment: Client<"payment">): Pick<Handlers<"checkout">, "placeOrder"> => ({
  placeOrder: async () => {
    await payment.charge({});
    return {};
  },
});

/** A cart in a process of its own, which can be frozen; it ends with the test. */
export async function startReplica(): Promise<{ process: ChildProcess; port: number }> {
  const child = fork(fileURLToPath(new URL("replica.ts", import.meta.url)));
  onTestFinished(() => void child.kill("SIGKILL"));
  const [port] = await once(child, "message");
  return { process: child, port };
}
