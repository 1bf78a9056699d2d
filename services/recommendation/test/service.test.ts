import { RpcError } from "@boutique/rpc/error";
import { recordBusiness } from "@boutique/testkit/business";
import { fake, overTheWire } from "@boutique/testkit/wire";
import { describe, expect, it } from "vitest";
import { createRecommendation } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";

const nine = "ABCDEFGHI".split("");
const signals = createSignals(recordBusiness().business);
const away = new RpcError("UNAVAILABLE", "productcatalogservice unavailable");

/** A catalogue that answers each call with the next of some lists or errors, the last of them for ever. */
function catalogOf(...answers: (readonly string[] | RpcError | Promise<never>)[]) {
  let asked = 0;
  return {
    asked: () => asked,
    catalog: fake("catalog", {
      listProducts: async () => {
        const answer = await answers[Math.min(asked++, answers.length - 1)];
        if (!answer || answer instanceof RpcError) throw answer;
        return { products: answer.map((id) => ({ ...product, id })) };
      },
    }),
  };
}

const product = { id: "", name: "", description: "", picture: "", priceUsd: null, categories: [] };

describe("listRecommendations", () => {
  it.each([
    ["no product", [], nine, 5],
    ["one product", ["A"], nine, 5],
    ["four products", ["A", "B", "C", "D"], nine, 5],
    ["six products", ["A", "B", "C", "D", "E", "F"], nine, 3],
    ["the same product many times", ["A", "A", "A", "A", "A", "A"], nine, 5],
    ["products that nobody knows", ["X", "Y", ""], nine, 5],
    ["every product", nine, nine, 0],
    ["an empty catalogue", [], [], 0],
    ["a catalogue that names a product twice", [], ["A", "A", "B"], 2],
  ])("suggests others for %s", async (_, productIds, products, count) => {
    const recommendation = await overTheWire("recommendation", createRecommendation(catalogOf(products), signals));

    const { productIds: suggested } = await recommendation.listRecommendations({ productIds });

    expect(suggested).toHaveLength(count);
    expect(new Set(suggested).size).toBe(count);
    expect(products).toEqual(expect.arrayContaining(suggested));
    expect(suggested.filter((id) => productIds.includes(id))).toEqual([]);
  });

  it("draws by lot, in the order drawn", async () => {
    const random = (below: number) => below - 1;
    const recommendation = await overTheWire(
      "recommendation",
      createRecommendation(catalogOf(nine), signals, { random }),
    );

    expect(await recommendation.listRecommendations({ productIds: ["I"] })).toEqual({
      productIds: ["H", "G", "F", "E", "D"],
    });
  });

  it("comes to suggest everything", async () => {
    const recommendation = await overTheWire("recommendation", createRecommendation(catalogOf(nine), signals));

    const seen = new Set<string>();
    for (let draw = 0; draw < 100; draw++) {
      for (const id of (await recommendation.listRecommendations({})).productIds) seen.add(id);
    }

    expect([...seen].sort()).toEqual(nine);
  });
});

describe("the catalogue's list", () => {
  const setUp = async (...answers: Parameters<typeof catalogOf>) => {
    const clock = { time: 0 };
    const { asked, catalog } = catalogOf(...answers);
    const recommendation = await overTheWire(
      "recommendation",
      createRecommendation({ catalog }, signals, { now: () => clock.time }),
    );
    const suggest = async () => (await recommendation.listRecommendations({})).productIds.sort();
    return { asked, suggest, clock };
  };

  it("is fetched once for five seconds (original: for every request)", async () => {
    const { asked, suggest, clock } = await setUp(["A"], ["B"]);

    await suggest();
    clock.time = 4_999;

    expect(await suggest()).toEqual(["A"]);
    expect(asked()).toBe(1);
  });

  it("is fetched again after five seconds", async () => {
    const { asked, suggest, clock } = await setUp(["A"], ["B"]);

    await suggest();
    clock.time = 5_000;

    expect(await suggest()).toEqual(["B"]);
    expect(asked()).toBe(2);
  });

  it("is fetched once for requests that come together", async () => {
    const { asked, suggest } = await setUp(nine);

    await Promise.all([suggest(), suggest(), suggest()]);

    expect(asked()).toBe(1);
  });

  it("stays the last one while the catalogue is away, which is asked once a second", async () => {
    const { asked, suggest, clock } = await setUp(["A"], away, away, ["B"]);

    const answers = [];
    for (clock.time = 0; clock.time <= 7_000; clock.time += 250) answers.push(...(await suggest()));

    expect(answers.join("")).toBe(`${"A".repeat(28)}B`);
    expect(asked()).toBe(4);
  });

  it("stays the last one while the catalogue does not answer", async () => {
    const { asked, suggest, clock } = await setUp(["A"], new Promise<never>(() => {}));

    await suggest();
    clock.time = 5_000;

    expect([await suggest(), await suggest()]).toEqual([["A"], ["A"]]);
    expect(asked()).toBe(2);
  });

  it("that is not there yet makes the catalogue's error the answer (original: UNKNOWN)", async () => {
    const { suggest, clock } = await setUp(away, ["A"]);

    await expect(suggest()).rejects.toThrow("UNAVAILABLE");
    clock.time = 1_000;
    expect(await suggest()).toEqual(["A"]);
  });
});
