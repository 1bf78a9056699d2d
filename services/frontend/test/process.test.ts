import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { names, topology } from "@boutique/contract/topology";
import { expect, it, onTestFinished } from "vitest";
import { orderForm } from "./shop.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** The storefront as a process whose peers are all away, until the test ends: its address, and how it is stopped. */
async function run(settings: Record<string, string>) {
  const ports = { PORT: "0", GRPC_PORT: "0", METRICS_PORT: "0", HOST: "127.0.0.1" };
  const away = Object.fromEntries(names.map((name) => [topology[name].address, "127.0.0.1:1"]));
  const env = { PATH: process.env.PATH, ...ports, ...away, ...settings };
  const child = spawn(process.execPath, [main], { env, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: Record<string, unknown>[] = [];
  const serving = Promise.withResolvers<number>();
  createInterface(child.stdout).on("line", (text) => {
    const line = JSON.parse(text);
    lines.push(line);
    if (line.status === "SERVING") serving.resolve(line.http);
  });
  const port = await serving.promise;
  return {
    url: `http://127.0.0.1:${port}`,
    /** Stops it, and returns all that it wrote. */
    async stopped() {
      child.kill("SIGTERM");
      expect(await once(child, "close")).toEqual([0, null]);
      return lines;
    },
  };
}

/** Some pages, and a form, of which none can be served; and what can be without peers. */
async function visit(url: string) {
  const ask = (path: string, init: RequestInit = {}) => fetch(url + path, init).then((answer) => answer.text());
  await ask("/product/6E92ZMYYFZ?from=ad&email=ada@example.com");
  await ask("/cart/checkout", { method: "POST", body: new URLSearchParams(orderForm) });
  await ask("/no/such/page");
  await ask("/cart", { method: "PURGE" });
  return (await ask("/static/styles.css", { headers: { "accept-encoding": "identity" } })).length;
}

it("at LOG_LEVEL=debug it writes a line for each request, and nothing that strangers sent", async () => {
  const { url, stopped } = await run({ LOG_LEVEL: "debug" });
  const styles = await visit(url);

  const answered = (await stopped()).filter(({ message }) => message === "request answered");

  expect(answered.map(({ method, route, status }) => [method, route, status])).toEqual([
    ["GET", "/product/:id", 503],
    ["POST", "/cart/checkout", 503],
    ["GET", "unmatched", 404],
    ["PURGE", "unmatched", 405],
    ["GET", "/static/{*path}", 200],
  ]);
  expect(answered.at(-1)).toEqual({
    severity: "debug",
    timestamp: expect.any(String),
    service: "frontend",
    version: expect.any(String),
    trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
    method: "GET",
    route: "/static/{*path}",
    status: 200,
    ms: expect.any(Number),
    bytes: styles,
    message: "request answered",
  });
  expect(new Set(answered.map(({ trace_id }) => trace_id)).size).toBe(answered.length);
  expect(JSON.stringify(answered)).not.toMatch(/example\.com|6E92ZMYYFZ|no.such/);
});

it("at the default level it writes none, and at its stop what its business was until then", async () => {
  const { url, stopped } = await run({});
  await visit(url);

  const lines = await stopped();

  expect(lines.filter(({ severity, message }) => severity === "debug" || message === "request answered")).toEqual([]);
  expect(lines.filter(({ event }) => event)).toMatchObject([
    { event: "business_metrics_report", ended_by: "stop", service: "frontend", checkout_conversion: null },
  ]);
});
