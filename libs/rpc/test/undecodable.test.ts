import { topology } from "@boutique/contract/topology";
import { Client, credentials, status } from "@grpc/grpc-js";
import { expect, it, onTestFinished } from "vitest";
import type { Interceptor } from "../src/interceptor.ts";
import { listen, route } from "../src/server.ts";

/** A server of carts, somebody who sends any bytes to it, and what its interceptors saw. */
async function setUp() {
  const seen: string[] = [];
  const note: Interceptor = (next, path) => async (request, context) => {
    seen.push(path);
    return next(request, context);
  };
  const carts = route(topology.cart.service, { getCart: ({ userId }) => ({ userId }) });
  const server = await listen(0, [carts], { interceptors: [note] });
  const client = new Client(`127.0.0.1:${server.port}`, credentials.createInsecure());
  onTestFinished(async () => {
    client.close();
    await server.close(0);
  });
  const asItIs = (bytes: Buffer) => bytes;
  const send = (bytes: Buffer) =>
    new Promise<string>((resolve) =>
      client.makeUnaryRequest("/hipstershop.CartService/GetCart", asItIs, asItIs, bytes, (error, answer) =>
        resolve(error ? `${status[error.code]}: ${error.details}` : String(answer)),
      ),
    );
  return { seen, send };
}

it.each([
  ["a text longer than the message", Buffer.from([0x0a, 200])],
  ["an end without a beginning", Buffer.from([0x0c])],
  // The decoder follows them as far as its stack reaches.
  ["groups within groups", Buffer.alloc(200_000, 0x63)],
])("bytes that are no message are the caller's fault, and are counted: %s (gRPC: INTERNAL)", async (_, bytes) => {
  const { seen, send } = await setUp();

  expect(await send(bytes)).toBe("INVALID_ARGUMENT: request: is no message of its type");
  expect(await send(Buffer.from([0x0a, 3, 0x61, 0x64, 0x61]))).toMatch(/ada$/);
  expect(seen).toHaveLength(2);
});
