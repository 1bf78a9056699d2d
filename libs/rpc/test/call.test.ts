import { rpcsOf } from "@boutique/contract/proto";
import { topology } from "@boutique/contract/topology";
import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import { describe, expect, it, onTestFinished } from "vitest";
import { withContext } from "../src/context.ts";
import { type Code, failedWith, neverSent, RpcError } from "../src/error.ts";
import type { Interceptor } from "../src/interceptor.ts";
import { listen } from "../src/server.ts";
import { bothEnds, call, charging, failure, serve } from "./ends.ts";

const nothing = { currencyCode: "", units: "0", nanos: 0 };

describe("a call", () => {
  it("is answered by the handler of its name, now or later", async () => {
    const catalog = await bothEnds("catalog", {
      getProduct: ({ id }) => ({ id, name: "Mug" }),
      searchProducts: async ({ query }) => ({ results: [{ name: query }] }),
    });

    expect(await catalog.getProduct({ id: "6E92ZMYYFZ" })).toMatchObject({ id: "6E92ZMYYFZ", name: "Mug" });
    expect(await catalog.searchProducts({ query: "mug" })).toMatchObject({ results: [{ name: "mug" }] });
  });

  it("fills what was not sent, and says null for a message that was not", async () => {
    const shipping = await bothEnds("shipping", {
      getQuote: (request) => {
        expect(request).toEqual({ address: null, items: [] });
        return { costUsd: {} };
      },
    });

    expect(await shipping.getQuote({})).toEqual({ costUsd: nothing });
  });

  it.each(["9223372036854775807", "-9223372036854775808", "9007199254740993"])(
    "carries %s units without rounding",
    async (units) => {
      const currency = await bothEnds("currency", { convert: ({ from }) => from ?? {} });

      expect(await currency.convert({ from: { units } })).toEqual({ ...nothing, units });
    },
  );

  it("that nobody handles is UNIMPLEMENTED", async () => {
    const cart = await bothEnds("cart", {});

    await expect(cart.getCart({})).rejects.toThrow(/^UNIMPLEMENTED/);
  });
});

describe("an error", () => {
  it.each<Code>(["INVALID_ARGUMENT", "NOT_FOUND", "FAILED_PRECONDITION", "UNAVAILABLE", "RESOURCE_EXHAUSTED"])(
    "that a handler throws on purpose arrives as it is: %s",
    async (code) => {
      const payment = await bothEnds("payment", {
        charge: () => {
          throw new RpcError(code, "the words of it");
        },
      });

      const error = await failure(payment.charge({}));

      expect(error).toBeInstanceOf(RpcError);
      expect(error).toMatchObject({ code: status[code], details: "the words of it" });
      expect(failedWith(error, "OK", code)).toBe(true);
      expect(failedWith(error, "OK")).toBe(false);
    },
  );

  it.each([
    ["thrown", () => Promise.reject(new Error("the password is 1234"))],
    ["thrown at once", () => JSON.parse("the password is 1234")],
    ["no error at all", () => Promise.reject("the password is 1234")],
  ])("that is a stranger's becomes INTERNAL, its words withheld: %s", async (_, charge) => {
    const payment = await bothEnds("payment", { charge });

    expect((await failure(payment.charge({}))).message).toBe("INTERNAL: internal error");
  });

  it.each<[Code, string]>([
    ["NOT_FOUND", "NOT_FOUND: the words of it"],
    ["FAILED_PRECONDITION", "FAILED_PRECONDITION: the words of it"],
    ["UNAVAILABLE", "UNAVAILABLE: paymentservice: unavailable"],
    ["INTERNAL", "INTERNAL: paymentservice: internal"],
  ])("keeps its code over hops, and its words if they are about the request: %s", async (code, words) => {
    const payment = await bothEnds("payment", {
      charge: () => {
        throw new RpcError(code, "the words of it");
      },
    });
    const checkout = await bothEnds("checkout", charging(payment));

    expect((await failure(checkout.placeOrder({}))).message).toBe(words);
  });

  it("of a peer that is away says nothing of addresses to the caller's caller", async () => {
    const gone = await listen(0, []);
    await gone.close(0);
    const payment = call("payment", gone.port);
    const checkout = await bothEnds("checkout", charging(payment));

    expect((await failure(checkout.placeOrder({}))).message).toBe("UNAVAILABLE: paymentservice: unavailable");
  });

  it("of a status outside gRPC's range counts as INVALID_ARGUMENT (original: 400 for a refused card)", async () => {
    const server = new Server();
    const [charge] = rpcsOf(topology.payment.service);
    server.addService(topology.payment.service, {
      charge: (_: unknown, answer: (error: object) => void) => answer({ code: 400, details: "we take no such card" }),
    });
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      ),
    );
    onTestFinished(() => server.forceShutdown());

    expect(charge?.path).toBe("/hipstershop.PaymentService/Charge");
    expect((await failure(call("payment", port).charge({}))).message).toBe("INVALID_ARGUMENT: we take no such card");
  });
});

describe("interceptors", () => {
  it("wrap in the order given, on both sides, and are told the path", async () => {
    const seen: string[] = [];
    const note =
      (name: string): Interceptor =>
      (next, path) =>
      async (request, context) => {
        seen.push(`${name} ${path}`);
        const response = await next(request, context);
        seen.push(`${name} done`);
        return response;
      };
    const cart = await bothEnds(
      "cart",
      { getCart: () => ({}) },
      {
        server: { interceptors: [note("third"), note("fourth")] },
        client: { interceptors: [note("first"), note("second")] },
      },
    );

    await cart.getCart({});

    const path = "/hipstershop.CartService/GetCart";
    expect(seen).toEqual([
      ...["first", "second", "third", "fourth"].map((name) => `${name} ${path}`),
      ...["fourth", "third", "second", "first"].map((name) => `${name} done`),
    ]);
  });
});

describe("a server", () => {
  it("refuses a port that is taken", async () => {
    const { port } = await serve("cart", {});

    await expect(listen(port, [])).rejects.toThrow("EADDRINUSE");
  });

  it("listens where IPv6 is said", async () => {
    const server = await listen(0, [], { host: "::1" }).catch((error: Error) => error);
    if (server instanceof Error) return expect(server.message).toMatch(/EADDRNOTAVAIL|EAFNOSUPPORT/);

    expect(server.port).toBeGreaterThan(0);
    await server.close(0);
  });

  it("that stops finishes the calls in progress", async () => {
    const begun = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const server = await serve("cart", {
      getCart: async ({ userId }) => {
        begun.resolve();
        await go.promise;
        return { userId };
      },
    });
    const answer = call("cart", server.port).getCart({ userId: "ada" });
    await begun.promise;

    const closed = server.close(30_000);
    go.resolve();

    expect(await answer).toEqual({ userId: "ada", items: [] });
    await closed;
  });

  it("that stops ends a call that does not finish", async () => {
    const begun = Promise.withResolvers<void>();
    const server = await serve("cart", {
      addItem: () => {
        begun.resolve();
        return new Promise(() => {});
      },
    });
    const answer = failure(call("cart", server.port).addItem({}));
    await begun.promise;

    await server.close(10);

    expect((await answer).message).toMatch(/^(CANCELLED|UNAVAILABLE|INTERNAL)/);
  });

  it("that stops waits for what a call was committed to, also when its caller has hung up", async () => {
    const begun = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    let finished = false;
    const server = await serve("cart", {
      addItem: async () => {
        begun.resolve();
        await go.promise;
        finished = true;
        return {};
      },
    });
    const gone = new AbortController();
    const context = { deadline: Date.now() + 30_000, signal: gone.signal, trace: {} };
    const answer = failure(withContext(context, () => call("cart", server.port).addItem({})));
    await begun.promise;
    gone.abort();
    await answer;

    const closed = server.close(30_000);
    go.resolve();
    await closed;

    expect(finished).toBe(true);
  });

  it("refuses a message that is too large for its memory, and lives on (original: takes 4 MB)", async () => {
    const shipping = await bothEnds("shipping", { getQuote: () => ({ costUsd: nothing }) });

    const { message } = await failure(shipping.getQuote({ items: Array.from({ length: 200_000 }, () => ({})) }));

    expect(message).toMatch(/^RESOURCE_EXHAUSTED/);
    expect(await shipping.getQuote({})).toEqual({ costUsd: nothing });
  });

  it("that is not there was never asked, one that dies meanwhile may have been", async () => {
    const begun = Promise.withResolvers<void>();
    const server = await serve("payment", {
      charge: () => {
        begun.resolve();
        return new Promise(() => {});
      },
    });
    const payment = call("payment", server.port);
    const asked = failure(payment.charge({}));
    await begun.promise;
    await server.close(10);

    expect(neverSent(await asked)).toBe(false);
    expect(neverSent(await failure(payment.charge({})))).toBe(true);
  });
});
