import { once } from "node:events";
import { createServer } from "node:net";
import { health } from "@boutique/contract/proto";
import type { Client } from "@boutique/contract/topology";
import { connect } from "@boutique/rpc/client";
import { withContext } from "@boutique/rpc/context";
import { credentials, status } from "@grpc/grpc-js";
import { describe, expect, it, onTestFinished } from "vitest";
import { ports, run, shipping, slow } from "./process.ts";
import { fileOf, listServices, reflect } from "./reflect.ts";

const here = (port: number) => `127.0.0.1:${port}`;

function clientOf(port: number): Client<"shipping"> {
  const client = connect("shipping", here(port), {
    budgets: { read: 30_000, write: 30_000, order: 30_000, optional: 30_000 },
  });
  onTestFinished(() => client.close());
  return client;
}

function healthOf(port: number) {
  const client = new health.Health(here(port), credentials.createInsecure());
  onTestFinished(() => client.close());
  return client;
}

const check = (port: number, service: string) =>
  new Promise((resolve) =>
    healthOf(port).check({ service }, (error, answer) => resolve(error ? status[error.code] : answer?.status)),
  );

describe("a running service", () => {
  it.each([
    ["", "SERVING"],
    ["hipstershop.ShippingService", "SERVING"],
    ["liveness", "SERVING"],
    ["hipstershop.CartService", "NOT_FOUND"],
  ])("says of %j over the wire: %s", async (name, expected) => {
    const { grpc } = await ports(run(shipping));

    expect(await check(grpc, name)).toBe(expected);
  });

  it.each(["v1", "v1alpha"])(
    "lists its services by reflection %s (original: one service of ten does)",
    async (version) => {
      const { grpc } = await ports(run(shipping));

      const answer = await reflect(grpc, version, listServices);

      expect(answer.match(/[a-z]\w*(\.\w+)+/g)?.toSorted()).toEqual([
        "grpc.health.v1.Health",
        "hipstershop.ShippingService",
      ]);
    },
  );

  it.each(["v1", "v1alpha"])("outlives a reflection %s request that is none", async (version) => {
    const { grpc } = await ports(run(shipping));

    await expect(reflect(grpc, version, Buffer.from([0x0c]))).rejects.toThrow("INVALID_ARGUMENT");

    expect(await check(grpc, "")).toBe("SERVING");
    expect(await reflect(grpc, version, listServices)).toContain("hipstershop.ShippingService");
  });

  it.each(["v1", "v1alpha"])(
    "describes a method by reflection %s, its fields named as in the proto",
    async (version) => {
      const { grpc } = await ports(run(shipping));

      const answer = await reflect(grpc, version, fileOf("hipstershop.ShippingService"));

      for (const name of ["shop.proto", "ShippingService", "GetQuote", "GetQuoteResponse", "cost_usd"]) {
        expect(answer).toContain(name);
      }
    },
  );

  it("counts what it is asked, by method and code (original: no metrics)", async () => {
    const { grpc, metrics } = await ports(run(shipping, { APP_VERSION: "9.8.7" }));
    const client = clientOf(grpc);

    await client.getQuote({});
    await client.getQuote({});
    await expect(client.shipOrder({})).rejects.toThrow("INVALID_ARGUMENT");
    const text = await (await fetch(`http://${here(metrics)}/metrics`)).text();

    const labels = (method: string) =>
      `grpc_type="unary",grpc_service="hipstershop.ShippingService",grpc_method="${method}"`;
    const samples = text.split("\n");
    expect(samples).toContain(`grpc_server_started_total{${labels("GetQuote")}} 2`);
    expect(samples).toContain(`grpc_server_handled_total{${labels("GetQuote")},grpc_code="OK"} 2`);
    expect(samples).toContain(`grpc_server_handled_total{${labels("ShipOrder")},grpc_code="InvalidArgument"} 1`);
    expect(samples).toContain(`grpc_server_handling_seconds_count{${labels("GetQuote")}} 2`);
    expect(samples).toContain(`app_info{service="shippingservice",version="9.8.7"} 1`);
    expect(text).toContain("process_resident_memory_bytes");
  });

  it("logs one JSON object per line, with the trace of the request it is about", async () => {
    const service = run(shipping, { LOG_LEVEL: "debug", APP_VERSION: "9.8.7" });
    const { grpc } = await ports(service);
    const trace = { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
    const caller = { deadline: Date.now() + 30_000, signal: new AbortController().signal, trace };

    await expect(withContext(caller, () => clientOf(grpc).shipOrder({}))).rejects.toThrow("INVALID_ARGUMENT");

    expect(await service.line({ message: "call refused" })).toMatchObject({
      severity: "debug",
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      service: "shippingservice",
      version: "9.8.7",
      code: "INVALID_ARGUMENT",
      trace_id: "0af7651916cd43dd8448eb211c80319c",
    });
  });
});

describe("stopping", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("at %s is orderly (original: at once, or never)", async (signal) => {
    const service = run(shipping);
    await ports(service);

    service.process.kill(signal);

    expect(await service.ended()).toBe(0);
    expect(service.lines.at(-1)).toMatchObject({ severity: "info", message: "stopped" });
  });

  it("finishes the call in flight, and tells those who watch", async () => {
    const service = run(slow);
    const { grpc } = await ports(service);
    const watch = healthOf(grpc).watch({ service: "" });
    watch.on("error", () => {});
    const news = watch[Symbol.asyncIterator]();
    expect((await news.next()).value).toEqual({ status: "SERVING" });

    const answer = clientOf(grpc).getQuote({});
    await once(service.process, "message");
    service.process.kill("SIGTERM");
    expect((await news.next()).value).toEqual({ status: "NOT_SERVING" });
    expect(service.process.exitCode).toBeNull();
    service.process.send("go on");

    expect(await answer).toMatchObject({ costUsd: { units: "8" } });
    expect(await service.ended()).toBe(0);
  });

  it("takes no new call", async () => {
    const service = run(slow);
    const { grpc } = await ports(service);
    const answer = clientOf(grpc).getQuote({});
    await once(service.process, "message");

    service.process.kill("SIGTERM");
    await service.line({ status: "NOT_SERVING" });

    await expect(clientOf(grpc).shipOrder({ address: {} })).rejects.toThrow(/^UNAVAILABLE/);
    service.process.send("go on");
    await answer;
  });

  it("does not wait for ever for a call that does not end", async () => {
    const service = run(slow, { STOP_TIMEOUT_MS: "50" });
    const { grpc } = await ports(service);
    const answer = clientOf(grpc).getQuote({});
    answer.catch(() => {});
    await once(service.process, "message");

    service.process.kill("SIGTERM");

    expect(await service.ended()).toBe(0);
    await expect(answer).rejects.toThrow();
  });

  it("at the second signal is at once", async () => {
    const service = run(slow);
    const { grpc } = await ports(service);
    const answer = clientOf(grpc)
      .shipOrder({ address: {} })
      .then(() => clientOf(grpc).getQuote({}));
    answer.catch(() => {});
    await once(service.process, "message");

    service.process.kill("SIGTERM");
    await service.line({ status: "NOT_SERVING" });
    service.process.kill("SIGTERM");

    expect(await service.ended()).toBe(1);
    await expect(answer).rejects.toThrow();
  });
});

describe("a service that cannot start", () => {
  it.each(["PORT", "METRICS_PORT"])("says in one line that its %s is taken (original: crashes)", async (name) => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = String(typeof address === "object" && address?.port);

    const service = run(slow, { [name]: port });

    expect(await service.ended()).toBe(1);
    expect(service.lines).toEqual([
      expect.objectContaining({ severity: "fatal", message: expect.stringMatching(`^cannot listen: .*${port}`) }),
    ]);
  });

  it("names all its wrong settings in one line", async () => {
    const service = run(shipping, { PORT: "high", METRICS_PORT: "-1", LOG_LEVEL: "loud" });

    expect(await service.ended()).toBe(1);
    expect(service.lines).toEqual([
      expect.objectContaining({
        severity: "fatal",
        service: "shippingservice",
        message:
          "cannot start: PORT=high is not a port (0 to 65535); METRICS_PORT=-1 is not a port (0 to 65535); " +
          "LOG_LEVEL=loud is not one of debug, info, warn, error, fatal",
      }),
    ]);
  });
});
