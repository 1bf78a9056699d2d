import { RpcError } from "@boutique/rpc/error";
import { recordBusiness } from "@boutique/testkit/business";
import { fake, overTheWire } from "@boutique/testkit/wire";
import { describe, expect, it } from "vitest";
import { type Chance, createRecommendation } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";

const MINUTE = 60_000;
const userId = "7b1f8a52-3c1e-4c55-9a57-2f0a1c6f2f11";
const product = { name: "", description: "", picture: "", priceUsd: null, categories: [] };

/** Recommendations from products of these ids, or from a catalogue that fails; always the first ones left. */
async function openRecommendation(ids: readonly string[] | Error, random: Chance["random"] = () => 0) {
  const recorded = recordBusiness();
  const catalog = fake("catalog", {
    listProducts: async () => {
      if (ids instanceof Error) throw ids;
      return { products: ids.map((id) => ({ ...product, id })) };
    },
  });
  const signals = createSignals(recorded.business);
  const recommendation = await overTheWire("recommendation", createRecommendation({ catalog }, signals, { random }));
  const suggest = (...productIds: string[]) => recommendation.listRecommendations({ userId, productIds });
  const suggestTimes = async (times: number) => {
    for (let i = 0; i < times; i++) await suggest();
  };
  const reports = () => recorded.lines("recommendation_stats");
  return { ...recorded, suggest, suggestTimes, reports };
}

describe("what was recommended", () => {
  it("is reported every minute", async () => {
    const { suggest, reports, pass } = await openRecommendation("ABCDEFG".split(""));
    await suggest();
    await suggest("A", "B");
    await suggest("A");
    await suggest("A", "B", "C", "D", "E", "F");
    await suggest("A", "B", "C", "D", "E", "F", "G");
    expect(reports()).toEqual([]);

    pass(MINUTE);

    expect(reports()).toEqual([
      {
        event: "recommendation_stats",
        schema: 1,
        synthetic: false,
        window_s: 60,
        ended_by: "time",
        requests: 5,
        recommendations: 5 + 5 + 5 + 1,
        top_products: [
          { name: "C", count: 3 },
          { name: "D", count: 3 },
          { name: "E", count: 3 },
          { name: "B", count: 2 },
          { name: "F", count: 2 },
        ],
        errors: {},
        message: "What was recommended.",
      },
    ]);
  });

  it("is reported after 20 requests already, the twentieth and what it got among them", async () => {
    const { suggestTimes, reports, pass } = await openRecommendation("ABCDE".split(""));
    await suggestTimes(19);
    pass(30_000);
    expect(reports()).toEqual([]);

    await suggestTimes(1);
    expect(reports()).toMatchObject([
      {
        ended_by: "events",
        window_s: 30,
        requests: 20,
        recommendations: 100,
        top_products: [{ count: 20 }, {}, {}, {}, {}],
      },
    ]);
    await suggestTimes(21);

    // The minute begins anew with each window.
    pass(MINUTE);
    expect(reports().map(({ ended_by, requests }) => [ended_by, requests])).toEqual([
      ["events", 20],
      ["events", 20],
      ["time", 1],
    ]);
  });

  it("is not reported of a minute in which nobody asked", async () => {
    const { suggest, reports, pass } = await openRecommendation("ABC".split(""));
    await suggest();
    pass(3 * MINUTE);
    expect(reports()).toHaveLength(1);

    await suggest("A", "B", "C");
    pass(MINUTE);

    expect(reports().slice(1)).toMatchObject([{ requests: 1, recommendations: 0, top_products: [], errors: {} }]);
  });

  it("comes to the same in the metrics, and tells of nobody", async () => {
    const { suggest, reports, pass, metrics } = await openRecommendation(["A", "B"]);
    await suggest();
    await suggest("A", "jane@example.com");

    const text = await metrics();
    pass(MINUTE);

    expect(text).toContain('recommendation_requests_total{synthetic="false"} 2');
    expect(text).toContain('recommendations_shown_total{product_id="A",synthetic="false"} 1');
    expect(text).toContain('recommendations_shown_total{product_id="B",synthetic="false"} 2');
    expect(text.match(/^recommendations_shown_total\{/gm)).toHaveLength(2);
    expect(reports()).toMatchObject([
      {
        requests: 2,
        recommendations: 1 + 2,
        top_products: [
          { name: "B", count: 2 },
          { name: "A", count: 1 },
        ],
      },
    ]);
    expect(JSON.stringify([reports(), text])).not.toMatch(/jane|7b1f8a52/);
  });

  it("is kept in bounded room, however much is sold and asked (original: a queue without end)", async () => {
    let drawn = 0;
    const { suggestTimes, reports, metrics } = await openRecommendation(
      Array.from({ length: 1_000 }, (_, index) => `P${index}`),
      (below) => drawn++ % below,
    );

    await suggestTimes(60);

    const text = await metrics();
    expect(text.match(/^recommendations_shown_total\{/gm)).toHaveLength(200 + 1);
    expect(text).toMatch(/^recommendations_shown_total\{product_id="other",.*\} 100$/m);
    expect(reports().map(({ top_products }) => top_products)).toHaveLength(3);
    expect(JSON.stringify(reports())).not.toContain("other");
  });
});

describe("a recommendation that fails", () => {
  const away = new RpcError("UNAVAILABLE", "10.0.0.7 hung up on jane@example.com");

  it("is an event, one a second at most, and counted each time", async () => {
    const { suggest, lines, reports, pass, metrics } = await openRecommendation(away);
    const fail = () => expect(suggest()).rejects.toThrow("UNAVAILABLE");

    await fail();
    await fail();
    await fail();
    pass(1_000);
    await fail();

    const line = { event: "recommendation_error", schema: 1, message: "A recommendation failed." };
    expect(lines("recommendation_error")).toEqual([
      { ...line, stage: "generation", reason: "UNAVAILABLE" },
      { ...line, stage: "generation", reason: "UNAVAILABLE", omitted: 2 },
    ]);
    expect(await metrics()).toContain('recommendation_errors_total{stage="generation",synthetic="false"} 4');
    expect(await metrics()).toContain('recommendation_requests_total{synthetic="false"} 4');
    pass(MINUTE);
    expect(reports()).toMatchObject([{ requests: 4, recommendations: 0, top_products: [], errors: { generation: 4 } }]);
    expect(JSON.stringify([lines("recommendation_error"), reports()])).not.toMatch(/jane|10\.0/);
  });

  it("in the choice is told from one for want of a list", async () => {
    const { suggest, lines, reports, pass } = await openRecommendation(["A", "B"], () => {
      throw new Error("no more luck");
    });

    await expect(suggest()).rejects.toThrow("INTERNAL: internal error");

    pass(MINUTE);
    expect(lines("recommendation_error")).toMatchObject([{ stage: "processing", reason: "INTERNAL" }]);
    expect(reports()).toMatchObject([{ requests: 1, errors: { processing: 1 } }]);
    expect(JSON.stringify(lines("recommendation_error"))).not.toContain("luck");
  });

  it("is among the 20 after which there is a report", async () => {
    const { suggest, reports } = await openRecommendation(away);

    for (let i = 0; i < 20; i++) await expect(suggest()).rejects.toThrow("UNAVAILABLE");

    expect(reports()).toMatchObject([{ ended_by: "events", requests: 20, errors: { generation: 20 } }]);
  });
});
