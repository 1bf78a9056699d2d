import type { Context } from "@boutique/contract/proto";
import { describe, expect, it } from "vitest";
import { budgets, connect } from "../src/client.ts";
import { childContext, committed, withContext } from "../src/context.ts";
import { bothEnds, charging, failure, patient } from "./ends.ts";

const hour = 3_600_000;
const contextOf = (change: Partial<Context>): Context => ({
  deadline: Date.now() + hour,
  signal: new AbortController().signal,
  trace: {},
  ...change,
});

/** A client whose calls go nowhere; the context of each is in `contexts`. */
function recorder() {
  const contexts: Context[] = [];
  const transport = () => ({
    call: async (_: unknown, __: unknown, context: Context) => contexts.push(context),
    state: () => "READY" as const,
    warm: () => {},
    probe: async () => true,
    close: () => {},
  });
  return { contexts, transport };
}

describe("the deadline of a call", () => {
  it.each([
    ["a read", budgets.read, (options: object) => connect("cart", "", options).getCart({})],
    ["a write", budgets.write, (options: object) => connect("cart", "", options).addItem({})],
    ["an order", budgets.order, (options: object) => connect("checkout", "", options).placeOrder({})],
    ["an advertisement", budgets.optional, (options: object) => connect("ad", "", options).getAds({})],
    [
      "a suggestion",
      budgets.optional,
      (options: object) => connect("recommendation", "", options).listRecommendations({}),
    ],
    ["a mail", budgets.read, (options: object) => connect("email", "", options).sendOrderConfirmation({})],
  ])("is the budget of %s when it is made for no request", async (_, budget, send) => {
    const { contexts, transport } = recorder();
    const before = Date.now();

    await send({ transport });

    expect(contexts[0]?.deadline).toBeGreaterThanOrEqual(before + budget);
    expect(contexts[0]?.deadline).toBeLessThanOrEqual(Date.now() + budget);
  });

  it.each([
    ["soon", 20],
    ["later than the budget", hour],
    ["past", -1_000],
  ])("is never later than the caller's, which is %s", async (_, left) => {
    const { contexts, transport } = recorder();
    const caller = contextOf({ deadline: Date.now() + left });

    await withContext(caller, () => connect("cart", "", { transport }).getCart({}));

    expect(contexts[0]?.deadline).toBeLessThanOrEqual(caller.deadline);
    expect(contexts[0]?.deadline).toBeLessThanOrEqual(Date.now() + budgets.read);
  });

  it("is cut again at each hop", () => {
    const outer = childContext(hour);
    const inner = withContext(outer, () => childContext(2 * hour));

    expect(inner.deadline).toBe(outer.deadline);
  });

  it("flows over the wire", async () => {
    const seen: Context[] = [];
    const shipping = await bothEnds("shipping", {
      getQuote: (_, context) => {
        seen.push(context);
        return {};
      },
    });
    const caller = contextOf({ deadline: Date.now() + 10_000 });

    await withContext(caller, () => shipping.getQuote({}));

    // The wire carries what is left, so what a message takes to arrive is added; never the budget, here 30 s.
    expect(seen[0]?.deadline).toBeGreaterThan(caller.deadline - 5_000);
    expect(seen[0]?.deadline).toBeLessThan(caller.deadline + 10_000);
  });

  it("ends a call that takes longer, and the work for it two hops away", async () => {
    const aborted = Promise.withResolvers<string>();
    const payment = await bothEnds("payment", {
      charge: (_, { signal }) => {
        signal.addEventListener("abort", () => aborted.resolve("aborted"));
        return new Promise(() => {});
      },
    });
    const checkout = await bothEnds("checkout", charging(payment), { client: { budgets: { ...patient, order: 250 } } });

    await expect(checkout.placeOrder({})).rejects.toThrow(/^DEADLINE_EXCEEDED/);
    expect(await aborted.promise).toBe("aborted");
  });
});

describe("hanging up", () => {
  it("flows through two hops", async () => {
    const begun = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<string>();
    const payment = await bothEnds("payment", {
      charge: (_, { signal }) => {
        signal.addEventListener("abort", () => aborted.resolve("aborted"));
        begun.resolve();
        return new Promise(() => {});
      },
    });
    const checkout = await bothEnds("checkout", charging(payment));
    const caller = new AbortController();

    const answer = withContext(contextOf({ signal: caller.signal }), () => failure(checkout.placeOrder({})));
    await begun.promise;
    caller.abort();

    expect((await answer).message).toMatch(/^CANCELLED/);
    expect(await aborted.promise).toBe("aborted");
  });

  it("before a call is made makes none", async () => {
    let calls = 0;
    const cart = await bothEnds("cart", { getCart: () => ({ userId: String(++calls) }) });

    const answer = withContext(contextOf({ signal: AbortSignal.abort() }), () => failure(cart.getCart({})));

    expect((await answer).message).toBe("CANCELLED: cartservice not called: the caller hung up");
    expect(calls).toBe(0);
  });

  it("does not reach work that is committed, which keeps the trace but has budgets of its own", () => {
    const caller = contextOf({ deadline: 0, signal: AbortSignal.abort(), trace: { traceparent: "00-1-2-01" } });

    const child = withContext(caller, () => committed(() => childContext(hour)));

    expect(child.deadline).toBeGreaterThan(Date.now());
    expect(child.signal.aborted).toBe(false);
    expect(child.trace).toEqual(caller.trace);
  });
});

describe("the trace", () => {
  const trace = {
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    tracestate: "vendor=1",
    baggage: "shopper=ada",
  };

  it("passes through a service to those that it calls", async () => {
    const seen: unknown[] = [];
    const payment = await bothEnds("payment", {
      charge: (_, context) => {
        seen.push(context.trace);
        return {};
      },
    });
    const checkout = await bothEnds("checkout", charging(payment));

    await withContext(contextOf({ trace }), () => checkout.placeOrder({}));

    expect(seen).toEqual([trace]);
  });

  it("is nothing when none arrives", async () => {
    const seen: unknown[] = [];
    const cart = await bothEnds("cart", {
      getCart: (_, context) => {
        seen.push(context.trace);
        return {};
      },
    });

    await cart.getCart({});

    expect(seen).toEqual([{}]);
  });
});
