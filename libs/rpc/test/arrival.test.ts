import { once } from "node:events";
import { type ClientHttp2Session, connect, constants } from "node:http2";
import { health } from "@boutique/contract/proto";
import { type Client, credentials } from "@grpc/grpc-js";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createHealth } from "../src/health.ts";
import { createReflection } from "../src/reflection.ts";
import { call, serve } from "./ends.ts";

const LARGEST = 256 * 1024;
const GET_CART = "/hipstershop.CartService/GetCart";

/** All of a message but its last byte. */
const half = Buffer.alloc(5 + LARGEST - 1);
half.writeUInt32BE(LARGEST, 1);

/** Somebody who speaks HTTP/2 and keeps to nothing else; hangs up with the test. */
async function stranger(port: number): Promise<ClientHttp2Session> {
  const session = connect(`http://127.0.0.1:${port}`);
  onTestFinished(() => session.destroy());
  await once(session, "remoteSettings");
  return session;
}

/** Begins a call, sends bytes and then no more; resolves with what it was told once its stream is closed. */
async function begin(session: ClientHttp2Session, bytes: Buffer, headers: Record<string, string> = {}) {
  const head = { ":method": "POST", ":path": GET_CART, "content-type": "application/grpc", te: "trailers", ...headers };
  const stream = session.request(head, { endStream: false }).resume();
  let said: Record<string, unknown> = {};
  stream.on("response", (answer) => {
    said = answer;
  });
  stream.write(bytes);
  await once(stream, "close");
  return { code: said["grpc-status"], words: decodeURI(`${said["grpc-message"]}`), reset: stream.rstCode };
}

/** A cart that answers, and how many calls it was asked to. */
async function openCart(arrival: number) {
  const getCart = vi.fn(() => ({ items: [] }));
  const additions = [createHealth("cartservice"), createReflection(["hipstershop.CartService"])];
  const { port } = await serve("cart", { getCart }, { arrival, additions });
  return { port, getCart };
}

const late = { code: "4", words: "the request did not arrive within 200 ms", reset: constants.NGHTTP2_NO_ERROR };

describe("a request that does not come to its end", () => {
  it.each([
    ["half a message", half],
    ["no byte of one", Buffer.alloc(0)],
    ["a message, but not that it was all", Buffer.alloc(5)],
  ])("is DEADLINE_EXCEEDED, and its stream closed, without a handler's having heard of it: %s", async (_, bytes) => {
    const { port, getCart } = await openCart(200);

    expect(await begin(await stranger(port), bytes)).toEqual(late);

    expect(getCart).not.toHaveBeenCalled();
  });

  it("is none the longer for a deadline that its caller names", async () => {
    const { port } = await openCart(200);
    const session = await stranger(port);

    expect(await begin(session, half, { "grpc-timeout": "1H" })).toEqual(late);
    expect(await begin(session, half, { "grpc-timeout": "1m" })).toMatchObject({ code: "4", reset: 0 });
  });

  it("keeps nobody from being served, however many there are, and leaves room for as many again", async () => {
    const { port, getCart } = await openCart(1_000);
    const session = await stranger(port);
    const most = Number(session.remoteSettings.maxConcurrentStreams);
    const others = call("cart", port);

    for (let time = 0; time < 2; time += 1) {
      const begun = Promise.all(Array.from({ length: most }, () => begin(session, half)));
      expect(await others.getCart({ userId: "ada" })).toEqual({ userId: "", items: [] });
      expect(new Set((await begun).map(({ code }) => code))).toEqual(new Set(["4"]));
    }

    expect(getCart).toHaveBeenCalledTimes(2);
    expect(most * LARGEST).toBeLessThan(40 * 1024 * 1024);
  });

  it("closes the stream of a call that was refused for another reason", async () => {
    const { port } = await openCart(60_000);
    const tooLarge = Buffer.alloc(5);
    tooLarge.writeUInt32BE(LARGEST + 1, 1);

    expect(await begin(await stranger(port), tooLarge)).toMatchObject({ code: "8", reset: 0 });
  });
});

it("a call may take longer than its request", async () => {
  const answer = async () => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    return { items: [] };
  };
  const { port } = await serve("cart", { getCart: answer }, { arrival: 100 });

  expect((await call("cart", port).getCart({})).items).toEqual([]);
});

it("who has more calls than a connection takes waits with the rest, and all are answered", async () => {
  const { port, getCart } = await openCart(5_000);
  const cart = call("cart", port);

  await Promise.all(Array.from({ length: 1_000 }, () => cart.getCart({})));

  expect(getCart).toHaveBeenCalledTimes(1_000);
});

it("what streams goes on for as long as anybody listens or asks", async () => {
  const ready = createHealth("cartservice");
  const { port } = await serve("cart", {}, { arrival: 100, additions: [ready, createReflection([])] });
  const client = new health.Health(`127.0.0.1:${port}`, credentials.createInsecure());
  const asItIs = (bytes: Buffer) => bytes;
  const reflection = (client as Client).makeBidiStreamRequest(
    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    asItIs,
    asItIs,
  );
  onTestFinished(() => client.close());
  const seen: string[] = [];
  const watch = client.watch({ service: "" }).on("data", ({ status }) => seen.push(status));
  watch.on("error", () => {});
  await new Promise((resolve) => setTimeout(resolve, 300));

  ready.set(true);
  // list_services: "".
  reflection.write(Buffer.from([0x3a, 0]));

  await vi.waitFor(() => expect(seen).toEqual(["NOT_SERVING", "SERVING"]), 10_000);
  const [answer] = await once(reflection, "data");
  expect(answer.length).toBeGreaterThan(0);
  reflection.end();
  watch.cancel();
});
