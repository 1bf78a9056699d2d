import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { type Name, names, topology } from "@boutique/contract/topology";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { hungUp, shout } from "../hostile/ask.ts";
import { callOf, END_HEADERS, END_STREAM, frame, header, preface } from "../hostile/frames.ts";
import { expectUnharmed, takePulses } from "../hostile/unharmed.ts";
import { type RunningShop, startShop } from "../running-shop.ts";
import { samplesIn, scrape } from "../signals/prometheus.ts";

// What listens, by strangers who do not keep to HTTP, or who keep to it and never come to an end.
let shop: RunningShop;
let before: Awaited<ReturnType<typeof takePulses>>;
let slow: Promise<unknown>;
beforeAll(async () => {
  shop = await startShop();
  before = await takePulses(shop);
  slow = takeTime();
});
afterAll(() => shop?.stop());

const portOf = (address: string) => Number(/:(\d+)/.exec(address.replace("http://", ""))?.[1]);
const grpcPort = (name: Name) => portOf(shop.grpc(name));
const times = (count: number, make: (number: number) => Buffer) =>
  Buffer.concat(Array.from({ length: count }, (_, number) => make(number)));

/** How much memory a service holds, and how much more it may while strangers send it what they like. */
const bytesOf = async (name: Name) =>
  samplesIn(await scrape(shop.metrics(name))).find(({ name }) => name === "process_resident_memory_bytes")?.value ?? 0;
const MORE_BYTES = 100 * 1024 * 1024;

/** The paths that a service serves, health among them. */
const pathOf = (name: Name) => {
  const entry = topology[name];
  return "service" in entry ? String(Object.values(entry.service)[0]?.path) : "/grpc.health.v1.Health/Check";
};
const hello = (...settings: Buffer[]) => Buffer.concat([preface, frame("settings"), ...settings]);
const odd = (number: number) => 2 * number + 1;
const headers = (stream: number, block: Buffer, flags = END_HEADERS) =>
  frame("headers", { stream, flags, payload: block });
const word = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};
/** A message of gRPC's that says it is compressed. */
const compressed = Buffer.from([1, 0, 0, 0, 2, 0xff, 0xff]);

/** What is sent to a service's port in one piece, by what it is; whether it is heard to the end is up to the service. */
const floods: Readonly<Record<string, (name: Name) => Buffer>> = {
  "no HTTP at all": () => Buffer.from(Array.from({ length: 50_000 }, (_, at) => (at * 7_919) % 251)),
  "HTTP/1.1": () => Buffer.from("POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 10\r\n\r\n0123456789"),
  "the hello of TLS": () => Buffer.from("16030100c8010000c40303", "hex"),
  "garbage after the preface": () => Buffer.concat([preface, Buffer.alloc(20_000, 0xa5)]),
  "a frame larger than any": () => hello(frame("data", { stream: 1, payload: Buffer.alloc(100_000) })),
  "ten thousand pings": () => hello(times(10_000, () => frame("ping", { payload: Buffer.alloc(8) }))),
  "ten thousand settings": () => hello(times(10_000, () => frame("settings"))),
  "settings that make no sense": () =>
    hello(
      frame("settings", {
        payload: Buffer.from("000400000000000500ffffff0003ffffffff00010000000000ff00000001", "hex"),
      }),
    ),
  "calls that are taken back at once": (name) =>
    hello(
      times(3_000, (call) =>
        Buffer.concat([
          headers(odd(call), callOf(pathOf(name)), END_HEADERS | END_STREAM),
          frame("reset", { stream: odd(call), payload: word(8) }),
        ]),
      ),
    ),
  "calls that never end": (name) => hello(times(3_000, (call) => headers(odd(call), callOf(pathOf(name))))),
  "a head that never ends": (name) =>
    hello(
      headers(1, callOf(pathOf(name)), 0),
      times(5_000, () => frame("more", { stream: 1, payload: header("x-more", "x".repeat(100)) })),
    ),
  "a head of ten thousand lines": (name) =>
    hello(
      headers(1, callOf(pathOf(name)), 0),
      times(100, () => frame("more", { stream: 1, payload: times(100, (line) => header(`x-${line}`, "x")) })),
      frame("more", { stream: 1, flags: END_HEADERS }),
    ),
  "windows that are opened too far": () => hello(times(1_000, () => frame("window", { payload: word(0x7fffffff) }))),
  "frames of streams that nobody opened": () =>
    hello(times(1_000, (call) => frame("data", { stream: odd(call), payload: Buffer.alloc(10) }))),
  "a thousand calls of methods that are not there": () =>
    hello(times(1_000, (call) => headers(odd(call), callOf(`/nobody/${call}`), END_HEADERS | END_STREAM))),
  "a path that is no text": () =>
    hello(headers(1, callOf(Buffer.from([0x2f, 0xff, 0xc0, 0x80, 0x22])), END_HEADERS | END_STREAM)),
  "a path with no end": () => hello(headers(1, callOf(`/${"x".repeat(10_000)}`), END_HEADERS | END_STREAM)),
  "deadlines that make no sense": (name) =>
    hello(
      times(6, (call) => {
        const timeout = ["", "never", "-1S", "99999999H", "1x", "9".repeat(30)][call] ?? "";
        return headers(odd(call), callOf(pathOf(name), header("grpc-timeout", timeout)), END_HEADERS | END_STREAM);
      }),
    ),
  "messages compressed by no known means": (name) =>
    hello(
      times(4, (call) => {
        const coding = ["gzip", "deflate", "nonsense", "identity"][call] ?? "";
        const head = headers(odd(call), callOf(pathOf(name), header("grpc-encoding", coding)));
        return Buffer.concat([head, frame("data", { stream: odd(call), flags: END_STREAM, payload: compressed })]);
      }),
    ),
  "metadata that is no text": (name) =>
    hello(
      headers(
        1,
        callOf(
          pathOf(name),
          header("traceparent", Buffer.from([0xff, 0xfe])),
          header("baggage", "=;=,%ZZ".repeat(500)),
          header("x-bin", "not base64"),
          header("x-bin", "*"),
        ),
        END_HEADERS | END_STREAM,
      ),
    ),
  "two messages where one is due": (name) =>
    hello(headers(1, callOf(pathOf(name))), frame("data", { stream: 1, flags: END_STREAM, payload: Buffer.alloc(15) })),
};

describe.each(names)("the gRPC port of %s", (name) => {
  it.each(Object.entries(floods))("lives through %s", async (_, make) => {
    await shout(grpcPort(name), make(name));
  });
});

/** What is sent to a port of HTTP/1.1, and what the answer begins with, if there need be one. */
const requests: Readonly<Record<string, readonly [string | Buffer, RegExp]>> = {
  "no HTTP at all": [Buffer.alloc(20_000, 0xa5), /^HTTP\/1.1 400/],
  "HTTP/2": [hello(), /^(HTTP\/1.1 4|$)/],
  "no host": ["GET / HTTP/1.1\r\n\r\n", /^HTTP\/1.1 400/],
  "a head that is too large": [
    `GET / HTTP/1.1\r\nHost: shop\r\nCookie: ${"x".repeat(40_000)}\r\n\r\n`,
    /^HTTP\/1.1 431/,
  ],
  "a head of thousands of lines": [`GET / HTTP/1.1\r\nHost: shop\r\n${"X: y\r\n".repeat(9_000)}\r\n`, /^HTTP\/1.1 431/],
  "an address that is too long": [`GET /${"x".repeat(40_000)} HTTP/1.1\r\nHost: shop\r\n\r\n`, /^HTTP\/1.1 431/],
  "a length and chunks": [
    "POST /cart HTTP/1.1\r\nHost: shop\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    /^HTTP\/1.1 400/,
  ],
  "two lengths": [
    "POST /cart HTTP/1.1\r\nHost: shop\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
    /^HTTP\/1.1 400/,
  ],
  "a length that is none": ["POST /cart HTTP/1.1\r\nHost: shop\r\nContent-Length: -1\r\n\r\n", /^HTTP\/1.1 400/],
  "chunks that are none": [
    "POST /nowhere HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\nZZZZ\r\nabc\r\n",
    /^HTTP\/1.1 4/,
  ],
  "a line break in a header": ["GET / HTTP/1.1\r\nHost: shop\r\nX-A: b\nX-C: d\r\n\r\n", /^HTTP\/1.1 /],
  "a zero byte in a header": ["GET / HTTP/1.1\r\nHost: shop\r\nX-A: \0\r\n\r\n", /^HTTP\/1.1 400/],
  "another protocol": [
    "GET / HTTP/1.1\r\nHost: shop\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    /^(HTTP\/1.1 |$)/,
  ],
  "a tunnel": ["CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n", /^(HTTP\/1.1 4|$)/],
  "an expectation": [
    "POST / HTTP/1.1\r\nHost: shop\r\nExpect: miracles\r\nContent-Length: 1\r\n\r\n",
    /^(HTTP\/1.1 4|$)/,
  ],
  "a thousand requests at once": ["HEAD /version HTTP/1.1\r\nHost: shop\r\n\r\n".repeat(1_000), /^HTTP\/1.1 /],
};

describe.each([
  ["the storefront's pages", () => shop.port],
  ["the storefront's metrics", () => portOf(shop.metrics("frontend"))],
  ["the cart's metrics", () => portOf(shop.metrics("cart"))],
])("the port of %s", (_, port) => {
  it.each(Object.entries(requests))("lives through %s", async (__, [bytes, answer]) => {
    expect(await shout(port(), bytes)).toMatch(answer);
  });
});

/** Strangers of every slow kind, who are there while all that is below happens; until the last of them is hung up on. */
function takeTime(): Promise<unknown> {
  const head = "POST /cart HTTP/1.1\r\nHost: shop\r\nContent-Type: application/x-www-form-urlencoded\r\n";
  const beginnings = [
    ["", ""],
    [head, "X-More: 1\r\n"],
    [`${head}Content-Length: 9000\r\n\r\n`, "a"],
  ] as const;
  const many = beginnings.flatMap(([first, more]) => Array.from({ length: 100 }, () => trickle(first, more)));
  return Promise.all(many);
}

/** Sends a beginning and then a little more every now and then, until it is hung up on. */
async function trickle(first: string, more: string): Promise<void> {
  const socket = connect(shop.port, "127.0.0.1").resume();
  const closed = hungUp(socket);
  if (first) socket.write(first);
  const timer = setInterval(() => socket.write(more), 500);
  await closed;
  clearInterval(timer);
}

it("strangers who never come to an end are hung up on, whatever they trickle", () => slow);

it("nobody is the worse for it", () => expectUnharmed(shop, before));

// Last: what was held is garbage then, which V8 collects when there is more of it.
it("a thousand calls with half a body hold little, are ended, and keep nobody from being served", async () => {
  const session = connectHttp2(`http://${shop.grpc("cart")}`);
  onTestFinished(() => session.destroy());
  await once(session, "remoteSettings");
  const bytesAtFirst = await bytesOf("cart");
  const half = Buffer.alloc(256 * 1024);
  half.writeUInt32BE(256 * 1024, 1);
  const head = { ":method": "POST", ":path": pathOf("cart"), "content-type": "application/grpc", te: "trailers" };
  const calls = Array.from({ length: 1_000 }, () => session.request(head, { endStream: false }).resume());
  for (const call of calls) call.write(half);

  let [ended, most] = [0, 0];
  for (const call of calls) call.on("error", () => {}).once("close", () => (ended += 1));
  while (ended === 0) {
    most = Math.max(most, await bytesOf("cart"));
    expect((await fetch(`${shop.url}/cart`)).status).toBe(200);
  }

  expect(most - bytesAtFirst).toBeLessThan(MORE_BYTES);
});
