import type { Context, Rpc } from "@boutique/contract/proto";
import { Client as Channel, type ChannelOptions, credentials, Metadata } from "@grpc/grpc-js";
import { fromPeer, RpcError } from "./error.ts";

/** How a call reaches its peer. It crosses a wire today; several services could share a process tomorrow. */
export interface Transport {
  call(rpc: Rpc, request: unknown, context: Context): Promise<unknown>;
  close(): void;
}

/**
 * Calls over gRPC: one channel to a peer ("host:port", or any target that gRPC knows). Calls of the `repeatable` methods
 * are tried again while the peer is unavailable.
 */
export function grpcTransport(peer: string, address: string, repeatable: readonly Rpc[]): Transport {
  const target = address.includes("://") || /^(dns|ipv4|ipv6|unix):/.test(address) ? address : `dns:${address}`;
  const channel = new Channel(target, credentials.createInsecure(), channelOptions(repeatable));
  return {
    call: (rpc, request, { deadline, signal, trace }) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(new RpcError("CANCELLED", `${peer} not called: the caller hung up`));
        const metadata = new Metadata();
        for (const key in trace) metadata.set(key, trace[key] as string);
        const { path, requestSerialize, responseDeserialize } = rpc;
        const call = channel.makeUnaryRequest(
          path,
          requestSerialize,
          responseDeserialize,
          request,
          metadata,
          { deadline },
          (error, response) => {
            signal.removeEventListener("abort", cancel);
            if (error) reject(fromPeer(peer, error));
            else resolve(response);
          },
        );
        const cancel = () => call.cancel();
        signal.addEventListener("abort", cancel);
      }),
    close: () => channel.close(),
  };
}

function channelOptions(repeatable: readonly Rpc[]): ChannelOptions {
  const name = repeatable
    .map(({ path }) => path.split("/"))
    .map(([, service = "", method = ""]) => ({ service, method }));
  const retryPolicy = {
    maxAttempts: 3,
    initialBackoff: "0.05s",
    maxBackoff: "0.4s",
    backoffMultiplier: 2,
    retryableStatusCodes: ["UNAVAILABLE"],
  };
  return {
    "grpc.service_config": JSON.stringify({
      loadBalancingConfig: [{ round_robin: {} }],
      // Without a name a methodConfig is ignored in silence.
      methodConfig: name.length > 0 ? [{ name, retryPolicy }] : [],
    }),
    "grpc.enable_channelz": 0,
    "grpc.enable_http_proxy": 0,
    // A peer that was away is found again within a second; gRPC's own default waits up to two minutes.
    "grpc.initial_reconnect_backoff_ms": 100,
    "grpc.max_reconnect_backoff_ms": 1_000,
    "grpc.dns_min_time_between_resolutions_ms": 1_000,
    // Servers of other makes hang up on clients that ping more than every five minutes.
    "grpc.keepalive_time_ms": 310_000,
    "grpc.keepalive_timeout_ms": 5_000,
  };
}
