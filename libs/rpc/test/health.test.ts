import { health } from "@boutique/contract/proto";
import { credentials, status } from "@grpc/grpc-js";
import { describe, expect, it, onTestFinished } from "vitest";
import { createHealth } from "../src/health.ts";
import { listen } from "../src/server.ts";

const service = "hipstershop.CartService";

/** Health of a service over the wire, and a client of it. */
async function setUp() {
  const own = createHealth(service);
  const server = await listen(0, [], { additions: [own] });
  const client = new health.Health(`127.0.0.1:${server.port}`, credentials.createInsecure());
  onTestFinished(async () => {
    client.close();
    own.close();
    await server.close(0);
  });
  const check = (service: string) =>
    new Promise((resolve) =>
      client.check({ service }, (error, response) => resolve(error ? status[error.code] : response?.status)),
    );
  return { own, server, client, check };
}

describe("Check", () => {
  it.each(["", service])("of %j is whether the service is ready", async (name) => {
    const { own, check } = await setUp();

    expect(await check(name)).toBe("NOT_SERVING");
    own.set(true);
    expect(await check(name)).toBe("SERVING");
    own.set(false);
    expect(await check(name)).toBe("NOT_SERVING");
  });

  it("of liveness is whether the process lives, ready or not", async () => {
    const { own, check } = await setUp();

    expect(await check("liveness")).toBe("SERVING");
    own.set(true);
    expect(await check("liveness")).toBe("SERVING");
  });

  it.each(["unknown", "hipstershop.PaymentService", "cartservice"])("of %s is NOT_FOUND", async (name) => {
    const { own, check } = await setUp();
    own.set(true);

    expect(await check(name)).toBe("NOT_FOUND");
  });

  it.each(["\ud800", "x".repeat(100_000)])("lives through a name that cannot be sent back", async (name) => {
    const { check } = await setUp();

    expect(await check(name)).toBe("NOT_FOUND");
    expect(await check("liveness")).toBe("SERVING");
  });
});

describe("Watch", () => {
  const watch = async (name: string) => {
    const { own, client, server } = await setUp();
    const stream = client.watch({ service: name });
    stream.on("error", () => {});
    const news = stream[Symbol.asyncIterator]();
    return { own, server, stream, next: async () => (await news.next()).value?.status };
  };

  it.each(["", service])("of %j tells each change, and only changes (original: fails)", async (name) => {
    const { own, next } = await watch(name);

    expect(await next()).toBe("NOT_SERVING");
    own.set(true);
    own.set(true);
    expect(await next()).toBe("SERVING");
    own.set(false);
    expect(await next()).toBe("NOT_SERVING");
  });

  it("of what is unknown says so, and goes on", async () => {
    const { own, next } = await watch("unknown");

    expect(await next()).toBe("SERVICE_UNKNOWN");
    own.set(true);
    own.close();
    expect(await next()).toBeUndefined();
  });

  it("of liveness is SERVING", async () => {
    const { next } = await watch("liveness");

    expect(await next()).toBe("SERVING");
  });

  it("ends with the service, and does not hold up its end", async () => {
    const { own, server, next } = await watch("");

    expect(await next()).toBe("NOT_SERVING");
    own.close();
    expect(await next()).toBeUndefined();
    await server.close(60_000);
  });

  it("may be left by who watches", async () => {
    const { own, stream, next } = await watch("");
    const left = new Promise<void>((resolve) => stream.on("error", () => resolve()));

    expect(await next()).toBe("NOT_SERVING");
    stream.cancel();
    await left;

    expect(() => own.set(true)).not.toThrow();
  });
});
