import { health } from "@boutique/contract/proto";
import { Client as Channel, credentials, Metadata, type ServiceError } from "@grpc/grpc-js";

/** The most that somebody who is back needs for an answer: nearly as long as a call that reads may take. */
const PATIENCE_MS = 900;

/** Where gRPC looks for "host:port", or for any target that it knows. */
export const targetOf = (address: string): string =>
  address.includes("://") || /^(dns|ipv4|ipv6|unix):/.test(address) ? address : `dns:${address}`;

/**
 * Asks over a channel for the health of what is there. Whoever answers is there, whatever the answer: some know no such
 * question. One that says itself that it does not serve is taken for away only where there are others (`serving`).
 */
export const alive = (channel: Channel, serving = false): Promise<boolean> =>
  new Promise((resolve) => {
    const { path, requestSerialize, responseDeserialize } = health.Health.service.Check;
    const metadata = new Metadata({ waitForReady: true });
    const options = { deadline: Date.now() + PATIENCE_MS };
    // `""` is all of it; "liveness" is a name of ours that other makes do not know.
    const request = { service: "" };
    channel.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, metadata, options, (error, answer) =>
      resolve(error ? isAnswer(error) : !serving || answer?.status === "SERVING"),
    );
  });

/** An error that came with the headers of an answer, not one that our own side made up for want of it. */
const isAnswer = ({ metadata }: ServiceError) => metadata.get("content-type").length > 0;

/** The same of an address, over a connection made for this alone. */
export async function aliveAt(address: string, serving = false): Promise<boolean> {
  const channel = new Channel(targetOf(address), credentials.createInsecure(), {
    "grpc.enable_channelz": 0,
    "grpc.enable_http_proxy": 0,
    "grpc.service_config_disable_resolution": 1,
    "grpc.use_local_subchannel_pool": 1,
  });
  try {
    return await alive(channel, serving);
  } finally {
    channel.close();
  }
}
