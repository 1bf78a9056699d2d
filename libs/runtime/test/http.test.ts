import { once } from "node:events";
import { Agent, get, type RequestListener } from "node:http";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { listenHttp } from "../src/http.ts";

/** A client that keeps its connection, as proxies do. */
function keepingClient(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return async () => {
    const request = get({ port, agent });
    const [response] = await once(request, "response");
    response.resume();
    await once(response, "end");
    return { reused: request.reusedSocket, connection: response.headers.connection };
  };
}

it("a server that stops finishes the request under way and lets its connection go (original: dies at once)", async () => {
  const begun = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const server = await listenHttp(0, "127.0.0.1", async (_, response) => {
    begun.resolve();
    await answer.promise;
    response.end("done");
  });
  const ask = keepingClient(server.port);
  const asked = ask();
  await begun.promise;

  const closed = server.close(60_000);
  answer.resolve();

  await asked;
  await closed;
  await expect(ask()).rejects.toThrow();
});

it("a server that stops answers what has arrived on a kept connection and was not read yet (Node: hangs up)", async () => {
  const server = await listenHttp(0, "127.0.0.1", (_, response) => response.end("done"));
  const socket = connect(server.port, "127.0.0.1");
  const request = "GET / HTTP/1.1\r\nHost: shop\r\n\r\n";
  socket.write(request);
  await once(socket, "data");

  // Sent before the server is told to stop; read at the loop's next turn.
  socket.write(request);
  const closed = server.close(60_000);

  const answer = await Promise.race([once(socket, "data"), once(socket, "close")]);
  expect(String(answer[0])).toMatch(/^HTTP\/1\.1 200 OK\r\n(.*\r\n)*Connection: close\r\n/);
  await closed;
});

it("a server that stops hangs up on a request that does not end", async () => {
  const begun = Promise.withResolvers<void>();
  const server = await listenHttp(0, "127.0.0.1", () => begun.resolve());
  const asked = keepingClient(server.port)();
  asked.catch(() => {});
  await begun.promise;

  await server.close(10);

  await expect(asked).rejects.toThrow("socket hang up");
});

it("a connection is kept from one request to the next", async () => {
  const server = await listenHttp(0, "127.0.0.1", (_, response) => response.end());
  onTestFinished(() => server.close(0));
  const ask = keepingClient(server.port);

  await ask();

  expect(await ask()).toEqual({ reused: true, connection: "keep-alive" });
});

describe("a client that takes its time is hung up on", () => {
  const impatient = { head: 50, request: 100, silence: 60_000 };
  const head = "POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 9\r\n";

  it.each([
    ["says nothing", "", ""],
    ["does not end its head", head, "X-More: 1\r\n"],
    ["does not end its body", `${head}\r\n`, "1"],
  ])("that %s, whatever it trickles", async (_, first, more) => {
    const server = await listenHttp(0, "127.0.0.1", (request) => request.resume(), { patience: impatient });
    onTestFinished(() => server.close(0));
    const socket = connect(server.port, "127.0.0.1")
      .resume()
      .on("error", () => {});
    if (first) socket.write(first);

    const trickle = setInterval(() => socket.write(more), 20);
    // Not by `once`, which fails of a connection that is reset.
    await new Promise((resolve) => socket.once("close", resolve));
    clearInterval(trickle);
  });

  it("that does not read its answer", async () => {
    const gone = Promise.withResolvers<void>();
    const answer: RequestListener = (_, response) => {
      response.once("close", gone.resolve).end("x".repeat(50_000_000));
    };
    const server = await listenHttp(0, "127.0.0.1", answer, { patience: { ...impatient, silence: 100 } });
    onTestFinished(() => server.close(0));
    const socket = connect(server.port, "127.0.0.1").pause();
    onTestFinished(() => void socket.destroy());

    socket.write("GET / HTTP/1.1\r\nHost: shop\r\n\r\n");

    await gone.promise;
  });
});

it("opens several doors on a port that nobody has, through which all are served and waited for", async () => {
  const begun = Promise.withResolvers<void>();
  const going = Promise.withResolvers<void>();
  const answer: RequestListener = async ({ url }, response) => {
    if (url === "/slow") begun.resolve();
    if (url === "/slow") await going.promise;
    response.setHeader("connection", "close").end(url);
  };
  const server = await listenHttp(0, "127.0.0.1", answer, { doors: 8 });
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${server.port}${path}`)).text();

  const paths = Array.from({ length: 50 }, (_, at) => `/${at}`);
  expect(await Promise.all(paths.map(ask))).toEqual(paths);
  await expect(listenHttp(server.port, "127.0.0.1", answer, { doors: 8 })).rejects.toThrow("EADDRINUSE");
  const slow = ask("/slow");
  await begun.promise;
  const closed = server.close(10_000);
  going.resolve();
  expect(await slow).toBe("/slow");
  await closed;
});
