import type { RequestListener } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { type Ask, openBrowser } from "../src/shoppers/browser.ts";
import { openLine } from "../src/shoppers/line.ts";
import { createWaiting } from "../src/shoppers/waiting.ts";
import { open } from "./at-work.ts";

interface Told {
  readonly name: string;
  readonly latency: number;
  readonly bytes: number;
  readonly problem: string | undefined;
}

/** A browser before a server; what becomes of its requests is written down. */
async function browse(listener: RequestListener, prefix = "", timeout = 10) {
  const host = await open(listener);
  const line = openLine(host);
  const waiting = createWaiting(timeout);
  const told: Told[] = [];
  const tell = ({ name }: Ask, latency: number, bytes: number, problem?: string) =>
    void told.push({ name, latency, bytes, problem });
  const surroundings = { host: host + prefix, checks: "body" as const, waiting, tell, ending: () => false };
  const browser = openBrowser(surroundings, { take: () => line, give: () => {} });
  onTestFinished(() => {
    waiting.close();
    line.close();
  });
  const get = (path: string, more: Partial<Ask> = {}) => browser.ask({ method: "GET", path, name: path, ...more });
  return { browser, get, told, waiting };
}

test("cookies are kept, changed and taken away as the shop says", async () => {
  const sent: (string | undefined)[] = [];
  const lines: Record<string, string[]> = {
    "/1": ["a=1; Path=/; HttpOnly", "b=x=y; Max-Age=60"],
    "/2": ["a=2; SameSite=Lax"],
    "/3": ["b=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
    "/4": ["a=9; Max-Age=0", "c=3"],
  };
  const { get, browser } = await browse(({ url = "", headers }, response) => {
    sent.push(headers.cookie);
    response.setHeader("Set-Cookie", lines[url] ?? []).end("page");
  });
  for (const path of ["/1", "/2", "/3", "/4", "/5"]) await get(path);
  expect(sent).toEqual([undefined, "a=1; b=x=y", "a=2; b=x=y", "a=2", "c=3"]);
  expect(browser.cookies.get("c")).toBe("3");
});

test("a redirect is followed within the request, and its cookies are kept on the way", async () => {
  const seen: string[] = [];
  const { browser, told } = await browse(({ method, url, headers }, response) => {
    seen.push(`${method} ${url} ${headers.cookie ?? "-"} ${headers["content-type"] ?? "-"}`);
    if (url === "/shop/form") response.writeHead(302, { Location: "/shop/next?x=1", "Set-Cookie": "a=1" }).end("moved");
    else if (url === "/shop/next?x=1") response.writeHead(303, { Location: "end" }).end();
    else setTimeout(() => response.end("the end"), 50);
  }, "/shop");
  const done = await browser.ask({ method: "POST", path: "/form", name: "/form", form: { city: "O'Fallon & more" } });
  expect(done).toBe(true);
  expect(seen).toEqual([
    "POST /shop/form - application/x-www-form-urlencoded",
    "GET /shop/next?x=1 a=1 -",
    "GET /shop/end a=1 -",
  ]);
  expect(told).toEqual([{ name: "/form", latency: expect.any(Number), bytes: 7, problem: undefined }]);
  expect(told[0]?.latency).toBeGreaterThan(45_000);
});

test("a circle of redirects and a way out of the shop are failures", async () => {
  const { get, told } = await browse(({ url }, response) => {
    response.writeHead(302, { Location: url === "/out" ? "http://elsewhere.example/" : "/round" }).end();
  });
  expect(await get("/round")).toBe(false);
  expect(await get("/out")).toBe(false);
  expect(told.map(({ problem }) => problem)).toEqual([
    "more than 5 redirects",
    "redirected to another site: http://elsewhere.example",
  ]);
});

test("it says who it is, keeps its connection, and takes no compressed pages", async () => {
  const ports = new Set<number | undefined>();
  const { get } = await browse(({ headers, socket }, response) => {
    ports.add(socket.remotePort);
    expect(headers.baggage).toBe("synthetic_request=true");
    expect(headers["user-agent"]).toMatch(/^boutique-loadgen\/\d/);
    expect(headers["accept-encoding"]).toBeUndefined();
    response.end("page");
  });
  for (let count = 0; count < 5; count += 1) expect(await get("/")).toBe(true);
  expect(ports.size).toBe(1);
});

test("a failure is told in words: of its status and its page, or of its connection", async () => {
  const { get, told } = await browse(({ url }, response) => {
    if (url === "/503") response.writeHead(503).end("<main><h1 id='x'> We will be right back </h1></main>");
    if (url === "/500") response.writeHead(500).end("<h1>\u001b[2J\n  Oh\n</h1>");
    if (url === "/404") response.writeHead(404).end("no such page");
    if (url === "/hangs-up") response.socket?.destroy();
    if (url === "/half") response.writeHead(200, { "Content-Length": 100 }).write("half", () => response.destroy());
    if (url === "/other") response.socket?.end("SSH-2.0-nothing for browsers\r\n");
    if (url === "/flawed") response.end("not what was wanted");
  });
  for (const path of ["/503", "/500", "/404", "/hangs-up", "/half", "/other"]) expect(await get(path)).toBe(false);
  // The shop answered: what its page says may be wrong, yet it was done.
  expect(await get("/flawed", { check: () => "wrong page" })).toBe(true);
  expect(told.map(({ problem }) => problem)).toEqual([
    "503 Service Unavailable: We will be right back",
    "500 Internal Server Error: [2J Oh",
    "404 Not Found",
    "connection closed before the answer",
    "connection closed before the answer",
    "the answer is not HTTP",
    "wrong page",
  ]);
});

test("what has no answer in time is given up, also on the way to a redirect, and the next request is a new one", async () => {
  const { get, told, waiting } = await browse(
    ({ url }, response) => {
      if (url === "/moved") response.writeHead(302, { Location: "/silent" }).end();
      if (url === "/slow") response.write("a page that never ends");
      if (url === "/") response.end("page");
    },
    "",
    0.2,
  );
  for (const path of ["/silent", "/moved", "/slow"]) expect(await get(path)).toBe(false);
  expect(await get("/")).toBe(true);
  expect(told.map(({ problem }) => problem)).toEqual([...Array(3).fill("timeout after 0.2 s"), undefined]);
  expect(told[0]?.latency).toBeGreaterThanOrEqual(200_000);
  expect(waiting.size).toBe(0);
});

test("a connection that is still being made can be given up, and is made anew", async () => {
  const line = openLine(await open((_, response) => void response.end("page")));
  const answer = line.send("GET", "/", [], null);
  line.cut("no patience");
  expect(await answer).toMatchObject({ problem: "no patience" });
  expect(await line.send("GET", "/", [], null)).toMatchObject({ status: 200 });
  line.close();
});
