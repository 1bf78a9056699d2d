import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { triesIn, waitForShop } from "../src/command/ready.ts";
import { nobody, serveShop } from "./hands/crew-on-call.ts";

const look = (host: string, tries = 1, say: string[] = []) =>
  waitForShop(host, { tries, apart: 0.01, say: (words) => say.push(words), signal: new AbortController().signal });

describe("waiting for the shop", () => {
  it("is over when it shows a page with products", async () => {
    expect(await look(await serveShop())).toBeUndefined();
  });

  it("is over with a page without products, which is said", async () => {
    expect(await look(await serveShop({ page: "<h1>It works!</h1>" }))).toContain("shows no products");
  });

  it("says who refuses, and what is no shop", async () => {
    const host = await nobody();
    await expect(look(host)).rejects.toThrow(`no shop at ${host}: connection refused`);
    await expect(look(await serveShop({ status: 503 }))).rejects.toThrow("GET / answers 503");
    const json = await serveShop({ type: "application/json", page: "{}" });
    await expect(look(json)).rejects.toThrow("GET / answers application/json, not a page");
  });

  it("goes on until it is there, and says once that it waits", async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.writeHead(asked < 3 ? 503 : 200, { "content-type": "text/html" }).end('<a href="/product/1">');
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const said: string[] = [];
    await look(`http://127.0.0.1:${port}`, 12, said);
    expect(asked).toBe(3);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("waiting for the shop at");
    server.closeAllConnections();
    server.close();
  });

  it("asks until all of the time is over, and at least once", () => {
    expect([0, 5, 15, 300].map((seconds) => triesIn(seconds, 10))).toEqual([1, 2, 3, 31]);
  });

  it("ends when it is told to", async () => {
    const host = await serveShop({ status: 503 });
    const abandoned = new AbortController();
    const waiting = waitForShop(host, { tries: 9, apart: 60, say: () => abandoned.abort(), signal: abandoned.signal });
    await expect(waiting).rejects.toThrow("stopped before the shop was there");
  });
});
