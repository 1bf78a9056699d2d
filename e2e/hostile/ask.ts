import { connect, type Socket } from "node:net";
import { Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { onTestFinished } from "vitest";

/** What became of a call: the name of its code, and the words that came with it. */
export interface Outcome {
  readonly code: string;
  readonly details: string;
}

const PATIENCE_MS = 20_000;

/** Somebody who sends any bytes to any method at an address; hangs up with the test. */
export function stranger(address: string, headers: Readonly<Record<string, string>> = {}) {
  const options = { "grpc.enable_retries": 0, "grpc.max_send_message_length": -1, "grpc.use_local_subchannel_pool": 1 };
  const client = new Client(address, credentials.createInsecure(), options);
  onTestFinished(() => client.close());
  const asItIs = (bytes: Buffer) => bytes;
  return (path: string, bytes: Buffer): Promise<Outcome> =>
    new Promise((resolve) => {
      const metadata = new Metadata();
      for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
      const answered = (error: ServiceError | null) =>
        resolve({ code: status[error?.code ?? status.OK] ?? String(error?.code), details: error?.details ?? "" });
      client.makeUnaryRequest(path, asItIs, asItIs, bytes, metadata, { deadline: Date.now() + PATIENCE_MS }, answered);
    });
}

/** Resolves once somebody has hung up, however rudely. */
export const hungUp = (socket: Socket): Promise<unknown> =>
  new Promise((resolve) => socket.on("error", () => {}).once("close", resolve));

/** Sends bytes to a port, and then no more; resolves with what came from it until it hung up. */
export async function shout(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let heard = "";
  socket.setEncoding("latin1").on("data", (chunk) => {
    heard = (heard + chunk).slice(0, 100_000);
  });
  const closed = hungUp(socket);
  socket.end(bytes);
  await closed;
  return heard;
}
