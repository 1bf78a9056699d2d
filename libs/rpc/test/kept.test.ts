import { describe, expect, it } from "vitest";
import { withContext } from "../src/context.ts";
import { kept } from "../src/kept.ts";
import { bothEnds, failure } from "./ends.ts";

/** A value that is kept for 5 s, from a source that is told when to answer and with what. */
function keptFrom(...answers: (number | Error)[]) {
  const state = { fetches: 0, time: 1_000_000 };
  const fetch = async () => {
    state.fetches++;
    const answer = answers.shift();
    if (typeof answer !== "number") throw answer;
    return answer;
  };
  return { state, value: kept(5_000, fetch, () => state.time) };
}

describe("what is kept", () => {
  it("is fetched once while it is young", async () => {
    const { state, value } = keptFrom(1, 2);

    await value.get();
    state.time += 4_999;

    expect(await value.get()).toBe(1);
    expect(state.fetches).toBe(1);
  });

  it("is fetched again when it is old", async () => {
    const { state, value } = keptFrom(1, 2);

    await value.get();
    state.time += 5_000;

    expect(await value.get()).toBe(2);
  });

  it("is fetched once for all who come meanwhile", async () => {
    const { state, value } = keptFrom(1, 2);

    expect(await Promise.all([value.get(), value.get(), value.get()])).toEqual([1, 1, 1]);
    expect(state.fetches).toBe(1);
  });

  it("has a last value only after the first", async () => {
    const { value } = keptFrom(1);

    expect(value.last()).toBeUndefined();
    await value.get();
    expect(value.last()).toBe(1);
  });

  it("says why it could not be fetched, to all who waited and for a moment after, and is then tried again", async () => {
    const { state, value } = keptFrom(new Error("away"), 1);

    const answers = await Promise.allSettled([value.get(), value.get()]);

    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(value.get()).rejects.toThrow("away");
    expect(state.fetches).toBe(1);
    state.time += 500;
    expect(await value.get()).toBe(1);
    expect(state.fetches).toBe(2);
  });

  it("has its last value still when it could not be fetched", async () => {
    const { state, value } = keptFrom(1, new Error("away"), 2);

    await value.get();
    state.time += 5_000;

    await expect(value.get()).rejects.toThrow("away");
    expect(value.last()).toBe(1);
    state.time += 500;
    expect(await value.get()).toBe(2);
  });

  it("is recent for as long as one says, counted from when it was last fetched", async () => {
    const { state, value } = keptFrom(1, new Error("away"), 2);

    expect(value.recent(60_000)).toBeUndefined();
    await value.get();
    state.time += 59_999;
    await expect(value.get()).rejects.toThrow("away");

    expect(value.recent(60_000)).toBe(1);
    state.time += 1;
    expect(value.recent(60_000)).toBeUndefined();
    await value.renew();
    expect(value.recent(60_000)).toBe(2);
  });

  it("can be fetched anew while it is young, once for all who wish so at once", async () => {
    const { state, value } = keptFrom(1, 2, 3);

    await value.get();

    expect(await Promise.all([value.renew(), value.renew()])).toEqual([2, 2]);
    expect(await value.get()).toBe(2);
    expect(state.fetches).toBe(2);
  });

  it("may be nothing, and is then kept like anything else", async () => {
    const { state, value } = keptFrom(0, 1);

    await value.get();

    expect(await value.get()).toBe(0);
    expect(state.fetches).toBe(1);
  });

  it("is not lost to the others when the first to ask hangs up", async () => {
    const begun = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const catalog = await bothEnds("catalog", {
      listProducts: async () => {
        begun.resolve();
        await go.promise;
        return { products: [{ id: "MUG" }] };
      },
    });
    const products = kept(5_000, async () => (await catalog.listProducts({})).products.map(({ id }) => id));
    const recommendation = await bothEnds("recommendation", {
      listRecommendations: async () => ({ productIds: await products.get() }),
    });
    const impatient = new AbortController();
    const caller = { deadline: Date.now() + 30_000, signal: impatient.signal, trace: {} };

    const first = withContext(caller, () => failure(recommendation.listRecommendations({})));
    await begun.promise;
    const second = recommendation.listRecommendations({});
    impatient.abort();
    expect((await first).message).toMatch(/^CANCELLED/);
    go.resolve();

    expect(await second).toEqual({ productIds: ["MUG"] });
  });
});
