import { health } from "@boutique/contract/proto";
import { Client as Channel, credentials, Metadata, status } from "@grpc/grpc-js";

/** The most that somebody who is back needs for an answer. */
const PATIENCE_MS = 500;

/** Where gRPC looks for "host:port", or for any target that it knows. */
export const targetOf = (address: string): string =>
  address.includes("://") || /^(dns|ipv4|ipv6|unix):/.test(address) ? address : `dns:${address}`;

/** Asks over a channel for the health of what is there: one that knows no such question is there as well. */
export const alive = (channel: Channel): Promise<boolean> =>
  new Promise((resolve) => {
    const { path, requestSerialize, responseDeserialize } = health.Health.service.Check;
    const metadata = new Metadata({ waitForReady: true });
    const options = { deadline: Date.now() + PATIENCE_MS };
    // `""` is all of it; "liveness" is a name of ours that other makes do not know.
    const request = { service: "" };
    channel.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, metadata, options, (error, answer) =>
      resolve(error ? error.code === status.UNIMPLEMENTED : answer?.status === "SERVING"),
    );
  });

/** The same of one replica, over a connection made for it alone. */
export async function aliveAt(address: string): Promise<boolean> {
  const channel = new Channel(targetOf(address), credentials.createInsecure(), {
    "grpc.enable_channelz": 0,
    "grpc.enable_http_proxy": 0,
  });
  try {
    return await alive(channel);
  } finally {
    channel.close();
  }
}
