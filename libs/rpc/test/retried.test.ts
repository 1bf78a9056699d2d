import type { Rpc } from "@boutique/contract/proto";
import { describe, expect, it, vi } from "vitest";
import { connect } from "../src/client.ts";
import { withContext } from "../src/context.ts";
import { RpcError } from "../src/error.ts";
import { listen } from "../src/server.ts";
import type { Retried } from "../src/transport.ts";
import { bothEnds, call, failure, patient } from "./ends.ts";

/** Notes what is told of calls that were sent again. */
function note() {
  const told: { rpc: Rpc; times: number; context: Parameters<Retried>[2] }[] = [];
  const retried: Retried = (rpc, times, context) => void told.push({ rpc, times, context });
  return { told, retried, brief: () => told.map(({ rpc, times }) => [rpc.originalName, times]) };
}

/** Is away so many times, then answers. */
function away(times: number) {
  let tries = 0;
  return () => {
    if (++tries <= times) throw new RpcError("UNAVAILABLE", "not now");
    return {};
  };
}

describe("of a call that is sent again", () => {
  it.each([1, 2])("it is told how often that was, once it is answered: %i", async (times) => {
    const { retried, brief } = note();
    const cart = await bothEnds("cart", { getCart: away(times) }, { client: { retried } });

    await cart.getCart({});

    expect(brief()).toEqual([["getCart", times]]);
  });

  it("it is told once it has failed for good", async () => {
    const { retried, brief } = note();
    const cart = await bothEnds("cart", { getCart: away(Number.POSITIVE_INFINITY) }, { client: { retried } });

    await failure(cart.getCart({}));

    expect(brief()).toEqual([["getCart", 2]]);
  });

  it("it is told also when nobody is there to hear it", async () => {
    const { retried, brief } = note();
    const gone = await listen(0, []);
    await gone.close(0);

    await failure(call("cart", gone.port, { retried }).getCart({}));

    expect(brief()).toEqual([["getCart", 2]]);
  });

  it("it is told for which request", async () => {
    const { retried, told } = note();
    const cart = await bothEnds("cart", { emptyCart: away(1) }, { client: { retried } });
    const signal = new AbortController().signal;
    const trace = { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };

    await withContext({ deadline: Date.now() + 30_000, signal, trace }, () => cart.emptyCart({}));

    expect(told[0]?.context).toMatchObject({ signal, trace });
  });
});

describe("nothing is told", () => {
  it("of a call that was answered at once, or refused", async () => {
    const { retried, brief } = note();
    const refuse = () => {
      throw new RpcError("INVALID_ARGUMENT", "user_id is missing");
    };
    const cart = await bothEnds("cart", { getCart: () => ({}), emptyCart: refuse }, { client: { retried } });

    await cart.getCart({});
    await failure(cart.emptyCart({}));

    expect(brief()).toEqual([]);
  });

  it("of a call that must not be sent again", async () => {
    const { retried, brief } = note();
    const cart = await bothEnds("cart", { addItem: away(1) }, { client: { retried } });

    await failure(cart.addItem({}));

    expect(brief()).toEqual([]);
  });
});

describe("the connection to a peer", () => {
  it("is idle until the first call, then ready, and nothing more once it was closed", async () => {
    const server = await listen(0, []);
    const client = connect("cart", `127.0.0.1:${server.port}`, { budgets: patient });
    expect(client.state()).toBe("IDLE");

    await failure(client.getCart({}));
    expect(client.state()).toBe("READY");

    client.close();
    expect(client.state()).toBe("SHUTDOWN");
    await server.close(0);
  });

  it("says that the peer is away", async () => {
    const gone = await listen(0, []);
    await gone.close(0);
    const client = call("cart", gone.port) as ReturnType<typeof connect<"cart">>;

    await failure(client.getCart({}));

    // Between two tries it is connecting again.
    await vi.waitFor(() => expect(client.state()).toBe("TRANSIENT_FAILURE"), 10_000);
  });
});
