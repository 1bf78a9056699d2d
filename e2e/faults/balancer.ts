import { once } from "node:events";
import { Agent, request as ask, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { askHealth } from "../../libs/runtime/src/probe.ts";
import type { Replica } from "./replica.ts";

/** What stands before storefronts as a Service and its Ingress do in Kubernetes: it asks who is ready, and sends there. */
export interface Balancer {
  readonly url: string;
  /** Sends nothing more to a replica from now on, as when its pod is told to leave. */
  leave(replica: Replica): void;
  /** Sends to it again, once it says that it serves. */
  join(replica: Replica): void;
  close(): void;
}

const ASK_EVERY_MS = 250;
/** So often in a row a replica must not answer well to be taken for gone, as with a probe in Kubernetes. */
const MISSES = 3;

/** Whether a replica says that it is ready. */
export const isServing = (replica: Replica): Promise<boolean> =>
  askHealth(`http://${replica.ports.host}:${replica.ports.grpc}`, "", 1_000).then(
    (status) => status === "SERVING",
    () => false,
  );

/** Opens a balancer that sends each request to the next storefront that is ready. */
export async function openBalancer(storefronts: readonly Replica[]): Promise<Balancer> {
  const ready = new Set<Replica>();
  const leaving = new Set<Replica>();
  let next = 0;
  let open = true;
  const watching = async (replica: Replica) => {
    let misses = 0;
    while (open) {
      misses = (await isServing(replica)) ? 0 : misses + 1;
      if (misses === 0 && !leaving.has(replica)) ready.add(replica);
      if (misses >= MISSES) ready.delete(replica);
      await sleep(ASK_EVERY_MS, undefined, { ref: false });
    }
  };
  const agent = new Agent({ keepAlive: true });
  const server = createServer((asked, answer) => {
    const among = storefronts.filter((replica) => ready.has(replica));
    const chosen = among[next++ % Math.max(among.length, 1)];
    if (!chosen) return void answer.writeHead(502).end("nobody is ready");
    const { method, url: path, headers } = asked;
    const { host, http: port } = chosen.ports;
    const onward = ask({ host, port, method, path, headers, agent }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.rawHeaders);
      answered.pipe(answer);
    });
    onward.on("error", (error) => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end(String(error))));
    asked.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  for (const replica of storefronts) void watching(replica);
  while (ready.size < storefronts.length) await sleep(20);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leave(replica) {
      leaving.add(replica);
      ready.delete(replica);
    },
    join: (replica) => void leaving.delete(replica),
    close() {
      open = false;
      agent.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
}
