import type { Context, Rpc } from "@boutique/contract/proto";
import { Client as Channel, type ChannelOptions, credentials, Metadata, type ServiceError } from "@grpc/grpc-js";
import { BALANCER, FOUND } from "./balancer.ts";
import { type ChannelState, createConnection, MOST_PAUSE_MS } from "./connection.ts";
import { fromPeer, RpcError } from "./error.ts";
import { alive, aliveAt, targetOf } from "./probe.ts";
import { retryPolicy } from "./retry.ts";

/** How a call reaches its peer: over the wire, or in memory where both share a process. */
export interface Transport {
  call(rpc: Rpc, request: unknown, context: Context): Promise<unknown>;
  state(): ChannelState;
  /** Begins to connect, where that needs to be done, rather than at the first call. */
  warm(): void;
  /** Asks the peer whether it can be called, within a second; never rejects. */
  probe(): Promise<boolean>;
  close(): void;
}

/** Told of a call that was sent more than once: how often again. */
export type Retried = (rpc: Rpc, times: number, context: Context) => void;

/** By this gRPC tells how often a call was sent before. */
const ATTEMPTS_BEFORE = "grpc-previous-rpc-attempts";

/**
 * Calls over gRPC: one channel to a peer ("host:port", or any target that gRPC knows). Calls of the `repeatable` methods
 * are tried again while the peer is unavailable.
 */
export function grpcTransport(
  peer: string,
  address: string,
  repeatable: readonly Rpc[],
  retried: Retried = () => {},
): Transport {
  const connection = createConnection(
    (found) => new Channel(targetOf(address), credentials.createInsecure(), channelOptions(repeatable, found)),
  );
  const again = new Set(repeatable);
  const send = (rpc: Rpc, request: unknown, context: Context) =>
    new Promise((resolve, reject) => {
      const { deadline, signal, trace } = context;
      const countRetries = (received: Metadata) => {
        const times = Number(received.get(ATTEMPTS_BEFORE)[0] ?? 0);
        if (times > 0) retried(rpc, times, context);
      };
      if (signal.aborted) return reject(new RpcError("CANCELLED", `${peer} not called: the caller hung up`));
      const metadata = new Metadata();
      for (const key in trace) metadata.set(key, trace[key] as string);
      const { path, requestSerialize, responseDeserialize } = rpc;
      const answered = (error: ServiceError | null, response: unknown) => {
        signal.removeEventListener("abort", cancel);
        if (error && again.has(rpc)) countRetries(error.metadata);
        if (error) reject(fromPeer(peer, error));
        else resolve(response);
      };
      const call = withoutStack(() =>
        connection
          .channel()
          .makeUnaryRequest(path, requestSerialize, responseDeserialize, request, metadata, { deadline }, answered),
      );
      // Where it failed for good it is said with the failure, where it did not, with the answer's first word.
      if (again.has(rpc)) call.once("metadata", countRetries);
      const cancel = () => call.cancel();
      signal.addEventListener("abort", cancel);
    });
  return {
    call(rpc, request, context) {
      const settled = connection.settled(context);
      return settled ? settled.then(() => send(rpc, request, context)) : send(rpc, request, context);
    },
    state: connection.state,
    warm: connection.begin,
    async probe() {
      const known = connection.channel();
      // Where it is not connected, that is being tried anyway.
      const [isAlive, anew] = await Promise.all([alive(known), connection.state() === "READY" && aliveAt(address)]);
      // The connection is lost and nobody has said so, as when a node dies: it would be kept for minutes.
      if (anew && !isAlive && known === connection.channel()) connection.replace();
      return isAlive || anew;
    },
    close: connection.close,
  };
}

/** gRPC takes a stack trace with each call, a twentieth of its time, for errors that nobody sees but in our words. */
function withoutStack<T>(work: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function channelOptions(repeatable: readonly Rpc[], found: () => void): ChannelOptions {
  const name = repeatable
    .map(({ path }) => path.split("/"))
    .map(([, service = "", method = ""]) => ({ service, method }));
  return {
    "grpc.service_config": JSON.stringify({
      loadBalancingConfig: [{ [BALANCER]: {} }],
      // Without a name a methodConfig is ignored in silence.
      methodConfig: name.length > 0 ? [{ name, retryPolicy }] : [],
    }),
    [FOUND]: found,
    // Else gRPC asks the name for a TXT record as well, and does as that says.
    "grpc.service_config_disable_resolution": 1,
    "grpc.enable_channelz": 0,
    "grpc.enable_http_proxy": 0,
    // There is one channel to a peer; one that takes its place must not find the connections of the last.
    "grpc.use_local_subchannel_pool": 1,
    // A peer that was away is found again within half a second; gRPC's own default waits up to two minutes.
    "grpc.initial_reconnect_backoff_ms": 100,
    "grpc.max_reconnect_backoff_ms": MOST_PAUSE_MS,
    "grpc.dns_min_time_between_resolutions_ms": 1_000,
    // Servers of other makes hang up on clients that ping more than every five minutes.
    "grpc.keepalive_time_ms": 310_000,
    "grpc.keepalive_timeout_ms": 5_000,
  };
}
