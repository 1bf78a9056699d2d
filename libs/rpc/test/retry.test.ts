import { topology } from "@boutique/contract/topology";
import { describe, expect, it, vi } from "vitest";
import { type Code, RpcError } from "../src/error.ts";
import { listen, route } from "../src/server.ts";
import { bothEnds, call, failure } from "./ends.ts";

/** Fails so many times with a code, then answers; `tries` says how often it was asked. */
function failing(times: number, code: Code = "UNAVAILABLE") {
  const state = { tries: 0 };
  const handler = () => {
    if (++state.tries <= times) throw new RpcError(code, "not now");
    return {};
  };
  return { state, handler };
}

describe("trying again", () => {
  it("is done for what has no side effects, three times in all", async () => {
    const { state, handler } = failing(Number.POSITIVE_INFINITY);
    const cart = await bothEnds("cart", { getCart: handler });

    await expect(cart.getCart({})).rejects.toThrow("UNAVAILABLE: not now");
    expect(state.tries).toBe(3);
  });

  it("answers as if nothing had been", async () => {
    const { state, handler } = failing(2);
    const cart = await bothEnds("cart", { getCart: handler, emptyCart: handler });

    expect(await cart.getCart({ userId: "ada" })).toEqual({ userId: "", items: [] });
    expect(state.tries).toBe(3);
  });

  it("is done for what may be done twice", async () => {
    const { state, handler } = failing(1);
    const cart = await bothEnds("cart", { emptyCart: handler });

    expect(await cart.emptyCart({})).toEqual({});
    expect(state.tries).toBe(2);
  });

  it("is not done for what adds to a cart", async () => {
    const { state, handler } = failing(Number.POSITIVE_INFINITY);
    const cart = await bothEnds("cart", { addItem: handler });

    await expect(cart.addItem({})).rejects.toThrow("UNAVAILABLE");
    expect(state.tries).toBe(1);
  });

  it("is not done for what charges, gives back, ships, orders or writes", async () => {
    const { state, handler } = failing(Number.POSITIVE_INFINITY);
    const payment = await bothEnds("payment", { charge: handler, refund: handler });
    const shipping = await bothEnds("shipping", { shipOrder: handler });
    const checkout = await bothEnds("checkout", { placeOrder: handler });
    const email = await bothEnds("email", { sendOrderConfirmation: handler });

    await failure(payment.charge({}));
    await failure(payment.refund({}));
    await failure(shipping.shipOrder({}));
    await failure(checkout.placeOrder({}));
    await failure(email.sendOrderConfirmation({}));

    expect(state.tries).toBe(5);
  });

  it("is not done for what the shop sells without", async () => {
    const { state, handler } = failing(Number.POSITIVE_INFINITY);
    const ad = await bothEnds("ad", { getAds: handler });
    const recommendation = await bothEnds("recommendation", { listRecommendations: handler });

    await failure(ad.getAds({}));
    await failure(recommendation.listRecommendations({}));

    expect(state.tries).toBe(2);
  });

  it.each<Code>(["NOT_FOUND", "INVALID_ARGUMENT", "INTERNAL", "RESOURCE_EXHAUSTED"])(
    "is not done after %s",
    async (code) => {
      const { state, handler } = failing(Number.POSITIVE_INFINITY, code);
      const cart = await bothEnds("cart", { getCart: handler });

      await expect(cart.getCart({})).rejects.toThrow(code);
      expect(state.tries).toBe(1);
    },
  );
});

describe("a peer that comes back", () => {
  it("is found again on its port", { timeout: 20_000 }, async () => {
    const cartOf = (userId: string) => [route(topology.cart.service, { getCart: () => ({ userId }) })];
    const first = await listen(0, cartOf("first"));
    const cart = call("cart", first.port);
    expect(await cart.getCart({})).toHaveProperty("userId", "first");

    await first.close(0);
    // Enough failures that a backoff that grows would have grown.
    for (let tries = 0; tries < 10; tries++) await expect(cart.getCart({})).rejects.toThrow(/^UNAVAILABLE/);
    const second = await listen(first.port, cartOf("second"));

    await vi.waitFor(async () => expect(await cart.getCart({})).toHaveProperty("userId", "second"), 10_000);
    await second.close(0);
  });
});
