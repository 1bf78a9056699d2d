import { withContext } from "@boutique/rpc/context";
import { recordBusiness } from "@boutique/testkit/business";
import { overTheWire } from "@boutique/testkit/wire";
import { describe, expect, it } from "vitest";
import { createCatalog } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";
import { names, ownCatalogue, ownProducts } from "./own.ts";

const signals = createSignals(recordBusiness().business);
const HOUR = 3_600_000;
const serve = (extraLatency?: number) =>
  overTheWire(
    "catalog",
    createCatalog(() => ownCatalogue, signals, extraLatency),
  );
const trace = {};
const never = new AbortController().signal;

describe("listProducts", () => {
  it("lists all products whole, in the order of the file", async () => {
    const catalog = await serve();

    expect(await catalog.listProducts({})).toEqual({ products: ownProducts });
  });
});

describe("getProduct", () => {
  it.each(ownProducts)("finds $name by its id", async (product) => {
    const catalog = await serve();

    expect(await catalog.getProduct({ id: product.id })).toEqual(product);
  });

  it.each([
    ["an unknown id", "OLJCESPC7Y", 'no product has the id "OLJCESPC7Y"'],
    ["an id in small letters", "oljcespc7z", 'no product has the id "oljcespc7z"'],
    ["no id", "", 'no product has the id ""'],
    ["a property of every object", "constructor", 'no product has the id "constructor"'],
    ["an id without end", "x".repeat(9_999), `no product has the id "${"x".repeat(64)}…"`],
    ["an id cut inside a character", `${"x".repeat(63)}😀`, `no product has the id "${"x".repeat(63)}…"`],
  ])("does not find %s", async (_, id, message) => {
    const catalog = await serve();

    await expect(catalog.getProduct({ id })).rejects.toThrow(`NOT_FOUND: ${message}`);
    expect(await catalog.getProduct({ id: "6E92ZMYYFZ" })).toHaveProperty("name", "Mug");
  });
});

describe("searchProducts", () => {
  it.each([
    ["by a word", "kitchen", ["Salt & Pepper Shakers", "Bamboo Glass Jar", "Mug"]],
    ["nothing by a word that there is not", "retrowave", []],
    ["all by an empty query", "", names(ownProducts)],
  ])("finds %s", async (_, query, expected) => {
    const catalog = await serve();

    const { results } = await catalog.searchProducts({ query });

    expect(names(results)).toEqual(expected);
  });
});

describe("extra latency", () => {
  const calls = [
    ["listProducts", {}],
    ["getProduct", { id: "6E92ZMYYFZ" }],
    ["searchProducts", { query: "mug" }],
  ] as const;

  it.each(calls)("changes nothing of what %s answers in the end", async (method, request) => {
    const [prompt, slow] = [await serve(), await serve(5)];

    expect(await slow[method](request as never)).toEqual(await prompt[method](request as never));
  });

  it.each(calls)("of %s ends when the caller hangs up (original: sleeps on)", async (method, request) => {
    const handlers = createCatalog(() => ownCatalogue, signals, HOUR);
    const asked = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<unknown>();
    const catalog = await overTheWire("catalog", {
      [method]: (request: never, context: never) => {
        const answer = handlers[method](request, context);
        Promise.resolve(answer).catch(ended.resolve);
        asked.resolve();
        return answer;
      },
    });
    const caller = new AbortController();

    const call = withContext({ deadline: Date.now() + HOUR, signal: caller.signal, trace }, () =>
      catalog[method](request as never),
    );
    await asked.promise;
    caller.abort();

    await expect(call).rejects.toThrow("CANCELLED");
    expect(await ended.promise).toHaveProperty("message", "CANCELLED: the caller hung up");
  });

  it("ends when the time for the call is over", async () => {
    const { listProducts } = createCatalog(() => ownCatalogue, signals, HOUR);

    await expect(listProducts({}, { deadline: Date.now() + 20, signal: never, trace })).rejects.toThrow(
      "CANCELLED: the time for the call is over",
    );
  });

  it("does not begin for a caller who is gone", async () => {
    const { listProducts } = createCatalog(() => ownCatalogue, signals, HOUR);

    await expect(listProducts({}, { deadline: Date.now() + HOUR, signal: AbortSignal.abort(), trace })).rejects.toThrow(
      "CANCELLED: the caller hung up",
    );
  });
});
