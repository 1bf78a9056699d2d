import { promisify } from "node:util";
import { Server, ServerCredentials } from "@grpc/grpc-js";

/** A collector that takes all traces and keeps none; its address. */
export async function openSink(): Promise<string> {
  const server = new Server({ "grpc.max_receive_message_length": -1 });
  const asTheyAre = (bytes: Buffer) => bytes;
  const path = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
  const accept = (_: unknown, callback: (error: null, answer: Buffer) => void) => callback(null, Buffer.alloc(0));
  server.register(path, accept as never, asTheyAre, asTheyAre, "unary");
  const port = await promisify(server.bindAsync.bind(server))("127.0.0.1:0", ServerCredentials.createInsecure());
  return `127.0.0.1:${port}`;
}
