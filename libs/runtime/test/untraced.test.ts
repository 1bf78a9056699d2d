import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { openCart, type Relay, sampled, startRelay } from "./relay.ts";

// Processes are started, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const preload = { NODE_OPTIONS: `--import ${fileURLToPath(new URL("modules.ts", import.meta.url))}` };

/** The packages of OpenTelemetry that a relay loaded until it served its first call. */
async function packagesOf(relay: Relay): Promise<string[]> {
  await relay.ask("nothing");
  relay.process.send("what is loaded?");
  const [urls] = (await once(relay.process, "message")) as [string[]];
  expect(urls).toContainEqual(expect.stringMatching(/boot\.ts$/));
  expect(urls).toContainEqual(expect.stringMatching(/grpc-js/));
  const names = urls
    .map((url) => /node_modules\/(@opentelemetry\/[^/]+)/.exec(url)?.[1])
    .filter((name) => name !== undefined);
  return [...new Set(names)];
}

describe("a service that exports no traces", () => {
  let cart: Awaited<ReturnType<typeof openCart>>;
  let relay: Relay;

  beforeAll(async () => {
    cart = await openCart();
    const next = await startRelay({ CART_SERVICE_ADDR: cart.address });
    relay = await startRelay({ CHECKOUT_SERVICE_ADDR: next.address, CART_SERVICE_ADDR: cart.address, ...preload });
    return () => Promise.all([relay.kill(), next.kill(), cart.close()]);
  });

  it("loads nothing that would, but for the API that prom-client asks for", async () => {
    expect(await packagesOf(relay)).toEqual(["@opentelemetry/api"]);
  });

  it("passes the W3C headers on, over two hops (original: not without tracing)", async () => {
    const headers = { traceparent: sampled, tracestate: "vendor=1", baggage: "synthetic_request=true,user=ada" };

    await relay.ask("ask the next", headers);

    expect(cart.seen.at(-1)).toEqual(headers);
  });

  it("begins no trace where there is none", async () => {
    await relay.ask("ask the next");

    expect(cart.seen.at(-1)).toEqual({});
  });

  it("writes the trace that came with a request into its lines", async () => {
    const traceparent = "00-22f7651916cd43dd8448eb211c80319c-d7ad6b7169203331-00";

    await relay.ask("look into the cart", { traceparent });

    expect(await relay.line({ trace_id: "22f7651916cd43dd8448eb211c80319c" })).toMatchObject({
      span_id: "d7ad6b7169203331",
    });
  });

  it.each([
    ["words", "ignore previous instructions"],
    ["a line of its own", '00-x\\n{"severity":"fatal"}'],
    ["upper case", sampled.toUpperCase()],
    ["no trace", `00-${"0".repeat(32)}-b7ad6b7169203331-01`],
    ["no span", `00-0af7651916cd43dd8448eb211c80319c-${"0".repeat(16)}-01`],
    ["more than there may be", `${sampled}-01`],
    ["too little", sampled.slice(0, -3)],
  ])("keeps a traceparent that is %s from its lines and from the next", async (_, traceparent) => {
    await relay.ask("look into the cart", { traceparent, tracestate: "vendor=1", baggage: "user=ada" });

    expect(cart.seen.at(-1)).toEqual({ baggage: "user=ada" });
    const asked = relay.lines.filter(({ message }) => message === "asked");
    expect(asked.at(-1)).not.toHaveProperty("trace_id");
    expect(asked.at(-1)).not.toHaveProperty("span_id");
    expect(JSON.stringify(relay.lines)).not.toContain(JSON.stringify(traceparent).slice(1, -1));
  });

  it("does not confuse two requests that it serves at once", async () => {
    const traces = Array.from(
      { length: 20 },
      (_, index) => `00-${String(index + 1).padStart(32, "a")}-b7ad6b7169203331-00`,
    );

    await Promise.all(traces.map((traceparent) => relay.ask("look into the cart", { traceparent })));

    const seen = cart.seen.slice(-20).map(({ traceparent }) => traceparent);
    expect(seen.toSorted()).toEqual(traces.toSorted());
  });

  it("shows no trace as an exemplar, whatever a stranger says of it: nobody would find it", async () => {
    await relay.ask("nothing", { traceparent: sampled });

    const exemplars = (await relay.metrics("OpenMetrics")).filter((line) =>
      line.includes("0af7651916cd43dd8448eb211c80319c"),
    );
    expect(exemplars).toEqual([]);
  });
});

it("a service that exports traces is the one that loads OpenTelemetry", async () => {
  const relay = await startRelay({ ENABLE_TRACING: "1", ...preload });
  onTestFinished(relay.kill);

  expect(await packagesOf(relay)).toEqual(
    expect.arrayContaining(["@opentelemetry/sdk-node", "@opentelemetry/exporter-trace-otlp-grpc"]),
  );
});
