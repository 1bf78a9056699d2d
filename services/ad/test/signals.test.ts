import { readData } from "@boutique/runtime/data";
import { recordBusiness } from "@boutique/testkit/business";
import { overTheWire } from "@boutique/testkit/wire";
import { describe, expect, it } from "vitest";
import { checkAds } from "../src/ads.ts";
import { createAd } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";

const MINUTES = 60_000;
const ownAds = readData(new URL("../data/ads.json", import.meta.url), checkAds);

async function openAd(random: (below: number) => number = () => 0) {
  const recorded = recordBusiness();
  const ad = await overTheWire("ad", createAd(ownAds, createSignals(recorded.business), random));
  const ask = (...contextKeys: string[]) => ad.getAds({ contextKeys });
  const reports = () => recorded.lines("ad_stats_summary");
  return { ...recorded, ask, reports };
}

describe("what ads were shown", () => {
  it("is reported every five minutes, in one line of JSON (original: several lines of text)", async () => {
    const { ask, reports, pass } = await openAd();
    await ask("kitchen");
    await ask("kitchen", "hair", " kitchen ");
    await ask("hair");
    await ask("hair", "tops");
    await ask("garden");
    await ask("beauty", "home", "decor");
    await ask();
    await ask("");
    expect(reports()).toEqual([]);

    pass(5 * MINUTES);

    expect(reports()).toEqual([
      {
        event: "ad_stats_summary",
        schema: 1,
        synthetic: false,
        window_s: 300,
        ended_by: "time",
        requests: 8,
        // By lot: the first two of the file, three times.
        served_by_category: { clothing: 3, accessories: 3, kitchen: 4, hair: 3, tops: 1, beauty: 1, home: 1 },
        top_context_keys: [
          { name: "hair", count: 3 },
          { name: "kitchen", count: 2 },
          { name: "beauty", count: 1 },
          { name: "decor", count: 1 },
          { name: "garden", count: 1 },
        ],
        errors: {},
        message: "What ads were shown.",
      },
    ]);
  });

  it("begins at nothing in each window, and is not reported of one without a request", async () => {
    const { ask, reports, pass } = await openAd();
    await ask("kitchen");
    pass(15 * MINUTES);
    expect(reports()).toHaveLength(1);

    await ask("hair");
    pass(5 * MINUTES);

    expect(reports().slice(1)).toMatchObject([
      { requests: 1, served_by_category: { hair: 1 }, top_context_keys: [{ name: "hair", count: 1 }] },
    ]);
    expect(reports()[1]?.served_by_category).toEqual({ hair: 1 });
  });

  it("comes to the same in the metrics", async () => {
    const { ask, reports, pass, metrics } = await openAd();
    await ask("kitchen");
    await ask("hair");
    await ask("garden");

    const text = await metrics();
    pass(5 * MINUTES);

    expect(text).toContain('ad_requests_total{match="category",synthetic="false"} 2');
    expect(text).toContain('ad_requests_total{match="lot",synthetic="false"} 1');
    const served = Array.from(text.matchAll(/^ads_served_total\{category="(\w+)",.*\} (\d+)$/gm), ([, name, count]) => [
      name,
      Number(count),
    ]);
    expect(served).toHaveLength(4);
    expect(reports()).toMatchObject([{ requests: 2 + 1, served_by_category: Object.fromEntries(served) }]);
  });

  it("ranks a thousand different keys, and says of how many more it does not know", async () => {
    const { ask, reports, pass } = await openAd();
    for (let request = 0; request < 11; request++) {
      await ask(...Array.from({ length: 100 }, (_, index) => `${request}th ${index}`));
    }

    pass(5 * MINUTES);

    expect(reports()).toMatchObject([{ requests: 11, dropped: 11 * 100 - 1_000 }]);
  });
});

describe("a request for ads", () => {
  it("is an event, with what the page is about (original: text without a name)", async () => {
    const { ask, lines } = await openAd();

    await ask("kitchen", "hair", "kitchen");

    expect(lines("ad_request")).toEqual([
      { event: "ad_request", schema: 1, context_keys: ["kitchen", "hair"], ads: 3, message: "Ads were shown." },
    ]);
  });

  it("is one of the log's finest level, since there is one for nearly every page", async () => {
    const { business } = await openAd();

    expect(business.declared.find(({ name }) => name === "ad_request")?.level).toBe("debug");
    expect(business.declared.find(({ name }) => name === "ad_error")?.level).toBe("info");
  });

  it("does not tell of a shopper, whatever it says that the page is about", async () => {
    const { ask, lines, reports, pass, metrics } = await openAd();

    await ask("jane@example.com", "4432 8015 6152 0454");
    await ask("4432-8015-6152-0455");
    pass(5 * MINUTES);

    expect(lines("ad_request").map(({ context_keys }) => context_keys)).toEqual([
      ["[address]", "[number]"],
      ["[number]"],
    ]);
    expect(reports()[0]?.top_context_keys).toEqual([
      { name: "[number]", count: 2 },
      { name: "[address]", count: 1 },
    ]);
    expect(JSON.stringify([lines("ad_request"), reports(), await metrics()])).not.toMatch(/jane|4432/);
  });
});

describe("a fault while ads are chosen", () => {
  it("is an event by its status code, without its words, one a second at most, and counted each time", async () => {
    const faults = [new TypeError("jane@example.com is not a function"), new RangeError("jane"), "jane", new Error("")];
    const { ask, lines, reports, pass, metrics } = await openAd(() => {
      throw faults.shift();
    });
    const fail = () => expect(ask("jane")).rejects.toThrow("INTERNAL: internal error");

    await fail();
    await fail();
    await fail();
    pass(1_000);
    await fail();
    await ask("kitchen");

    const line = { event: "ad_error", schema: 1, message: "No ads could be chosen." };
    expect(lines("ad_error")).toEqual([
      { ...line, type: "INTERNAL", error: "a fault" },
      { ...line, type: "INTERNAL", error: "a fault", omitted: 2 },
    ]);
    expect(await metrics()).toContain('ad_errors_total{type="INTERNAL",synthetic="false"} 4');
    expect(await metrics()).toContain('ad_requests_total{match="category",synthetic="false"} 1');
    expect(await metrics()).not.toContain('match="lot"');
    pass(5 * MINUTES);
    expect(reports()).toMatchObject([{ requests: 1, top_context_keys: [{ name: "kitchen", count: 1 }] }]);
    expect(reports()[0]?.errors).toEqual({ INTERNAL: 4 });
    expect(JSON.stringify([lines("ad_error"), reports(), await metrics()])).not.toContain("jane");
  });
});
