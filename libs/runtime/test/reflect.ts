import { Client as Channel, credentials } from "@grpc/grpc-js";

/** Asks reflection as grpcurl does, with messages written by hand: it needs no proto to read a proto. */
export async function reflect(port: number, version: string, request: Buffer): Promise<string> {
  const client = new Channel(`127.0.0.1:${port}`, credentials.createInsecure());
  const asIs = (bytes: Buffer) => bytes;
  const path = `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`;
  const call = client.makeBidiStreamRequest(path, asIs, asIs);
  call.end(request);
  let answer = "";
  for await (const bytes of call) answer += bytes;
  client.close();
  return answer;
}

/** What it can be asked: which services there are, and which file describes one. */
export const listServices = Buffer.from([0x3a, 0]);
export const fileOf = (symbol: string) => Buffer.concat([Buffer.from([0x22, symbol.length]), Buffer.from(symbol)]);
