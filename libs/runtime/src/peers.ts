import { rpcsOf } from "@boutique/contract/proto";
import { defaultAddress, type Peers, type ServiceName, topology } from "@boutique/contract/topology";
import { budgets, type ClientOptions, connect } from "@boutique/rpc/client";
import type { Retried } from "@boutique/rpc/transport";
import type { Log } from "@boutique/telemetry/log";
import type { Metrics } from "@boutique/telemetry/metrics";
import { peerMetrics } from "@boutique/telemetry/rpc-metrics";
import { home } from "./home.ts";
import { observe } from "./observe.ts";
import { milliseconds, type Schema, type Settings, text } from "./settings.ts";
import { type CurrentTracer, traceClient } from "./trace.ts";

const timeouts = {
  READ_TIMEOUT_MS: milliseconds(budgets.read, "The most that a call without side effects may take."),
  WRITE_TIMEOUT_MS: milliseconds(budgets.write, "The most that a call with side effects may take."),
  ORDER_TIMEOUT_MS: milliseconds(budgets.order, "The most that placing an order may take."),
  OPTIONAL_TIMEOUT_MS: milliseconds(budgets.optional, "The most that a call for ads or recommendations may take."),
};

export type PeerSettings = Settings<typeof timeouts>;

/** What a service that calls others can be told of them. */
export const peerSettings = (peers: readonly ServiceName[]) => {
  const addresses: Schema = Object.fromEntries(
    peers.map((name) => [topology[name].address, text(defaultAddress(name), `Where ${topology[name].workload} is.`)]),
  );
  return { ...(peers.length > 0 && timeouts), ...addresses } as typeof timeouts;
};

/** One client for each peer, for as long as the process lives. */
export function connectPeers<P extends ServiceName>(
  peers: readonly P[],
  settings: PeerSettings,
  { log, metrics, tracer }: { log: Log; metrics: Metrics; tracer: CurrentTracer },
) {
  if (peers.length === 0) return { clients: {} as Peers<P>, close: () => {} };
  const { retries, late, refused } = peerMetrics(metrics);
  const peerAt = new Map(
    peers.flatMap((name) => rpcsOf(topology[name].service).map(({ path }) => [path, topology[name].workload])),
  );
  const observed = observe("client", metrics, log, (path, code) => {
    if (code === "DEADLINE_EXCEEDED") late.at(peerAt.get(path) ?? "", path.split("/")[2] ?? "").value += 1;
  });
  const limits = {
    read: settings.READ_TIMEOUT_MS,
    write: settings.WRITE_TIMEOUT_MS,
    order: settings.ORDER_TIMEOUT_MS,
    optional: settings.OPTIONAL_TIMEOUT_MS,
  };
  const clients = peers.map((name) => {
    const { address: variable, workload } = topology[name];
    const address = (settings as Record<string, unknown>)[variable] as string;
    const retried: Retried = ({ originalName = "" }, times, { span }) => {
      retries.at(workload, capitalised(originalName)).value += times;
      span?.event("retried", { times });
    };
    const interceptors = [observed, traceClient(tracer, address)];
    const circuitChanged = (open: boolean) => {
      if (open) log.warn({ peer: workload }, "peer does not answer: calls to it fail at once until it does");
      else log.info({ peer: workload }, "peer answers again");
    };
    const circuitRefused = () => {
      refused.at(workload).value += 1;
    };
    const circuit = { circuitChanged, circuitRefused };
    const client = connect(name, address, { budgets: limits, interceptors, retried, ...circuit, ...transportTo(name) });
    // Else the first page would wait for all its connections.
    client.warm();
    return [workload, name, client] as const;
  });
  metrics.reading(
    "grpc_client_circuit_open",
    "Whether calls to a peer fail at once, since the last had no answer: 1 while they do.",
    ["peer"],
    () => clients.map(([workload, , client]) => [Number(client.circuitOpen()), workload] as const),
  );
  metrics.reading(
    "grpc_client_channel_state",
    "What the connection to a peer is at: 1 for its state, 0 for the others.",
    ["peer", "state"],
    () =>
      clients.flatMap(([workload, , client]) => {
        const now = client.state();
        return channelStates.map((state) => [Number(state === now), workload, state] as const);
      }),
  );
  return {
    clients: Object.fromEntries(clients.map(([, name, client]) => [name, client])) as unknown as Peers<P>,
    close: () => {
      for (const [, , client] of clients) client.close();
    },
  };
}

/** In memory, to those who live in the same process; any other is called over the wire. */
function transportTo(name: ServiceName): Pick<ClientOptions, "transport"> {
  const { neighbours, lives } = home();
  if (!neighbours || !lives(name)) return {};
  const rpcs = rpcsOf(topology[name].service);
  return { transport: (peer, _, repeatable, retried) => neighbours.transport(peer, rpcs, repeatable, retried) };
}

const channelStates = ["IDLE", "CONNECTING", "READY", "TRANSIENT_FAILURE"];
const capitalised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
