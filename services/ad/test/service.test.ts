import { readData } from "@boutique/runtime/data";
import { recordBusiness } from "@boutique/testkit/business";
import { overTheWire } from "@boutique/testkit/wire";
import { describe, expect, it } from "vitest";
import { checkAds } from "../src/ads.ts";
import { createAd } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";

const ads = readData(new URL("../data/ads.json", import.meta.url), checkAds);
const signals = createSignals(recordBusiness().business);
const targets = ({ ads }: { ads: { redirectUrl: string }[] }) => ads.map(({ redirectUrl }) => redirectUrl);

describe("getAds", () => {
  it.each([
    ["clothing", ["/product/66VCHSJNUP"]],
    ["accessories", ["/product/1YMWWN1N4O"]],
    ["footwear", ["/product/L9ECAV7KIM"]],
    ["hair", ["/product/2ZYFJ3GM2N"]],
    ["decor", ["/product/0PUK6V6EV0"]],
    ["kitchen", ["/product/9SIQT8TOJO", "/product/6E92ZMYYFZ"]],
  ])("advertises for %s what the original does", async (category, expected) => {
    const ad = await overTheWire("ad", createAd(ads, signals));

    expect(targets(await ad.getAds({ contextKeys: [category] }))).toEqual(expect.arrayContaining(expected));
  });

  it.each(["tops", "beauty", "home"])("has an ad of its own for %s too (original: none)", async (category) => {
    const ad = await overTheWire("ad", createAd(ads, signals, unexpected));

    expect(await ad.getAds({ contextKeys: [category] })).toHaveProperty("ads.length", 1);
  });

  it.each([
    ["OLJCESPC7Z", ["accessories"]],
    ["66VCHSJNUP", ["clothing", "tops"]],
    ["1YMWWN1N4O", ["accessories"]],
    ["L9ECAV7KIM", ["footwear"]],
    ["2ZYFJ3GM2N", ["hair", "beauty"]],
    ["0PUK6V6EV0", ["decor", "home"]],
    ["LS4PSXUNUM", ["kitchen"]],
    ["9SIQT8TOJO", ["kitchen"]],
    ["6E92ZMYYFZ", ["kitchen"]],
  ])("has for the page of %s an ad that leads elsewhere (original: often none)", async (id, contextKeys) => {
    const ad = await overTheWire("ad", createAd(ads, signals, unexpected));

    const elsewhere = targets(await ad.getAds({ contextKeys })).filter((target) => target !== `/product/${id}`);

    expect(elsewhere).not.toEqual([]);
  });

  it("says where the ad leads and what it says", async () => {
    const ad = await overTheWire(
      "ad",
      createAd([{ category: "hats", redirectUrl: "/product/HAT", text: "A hat." }], signals),
    );

    expect(await ad.getAds({ contextKeys: ["hats"] })).toEqual({
      ads: [{ redirectUrl: "/product/HAT", text: "A hat." }],
    });
  });

  it("answers in the order of the categories asked about", async () => {
    const ad = await overTheWire("ad", createAd(ads, signals));

    expect(targets(await ad.getAds({ contextKeys: ["kitchen", "nonsense", "hair"] }))).toEqual([
      "/product/9SIQT8TOJO",
      "/product/6E92ZMYYFZ",
      "/product/2ZYFJ3GM2N",
    ]);
  });

  it.each([
    ["a category asked for twice", ["hair", "hair", " hair "], 1],
    ["a place that two categories advertise", ["decor", "beauty"], 1],
    ["more categories than are shown", ["kitchen", "hair", "decor", "clothing", "footwear", "accessories", "home"], 5],
    ["a hundred categories", Array.from({ length: 100 }, (_, index) => (index ? `c${index}` : "hair")), 1],
  ])("bounds its answer to %s (original: repeats without limit)", async (_, contextKeys, count) => {
    const ad = await overTheWire("ad", createAd(ads, signals, unexpected));

    const shown = targets(await ad.getAds({ contextKeys }));

    expect(shown).toHaveLength(count);
    expect(new Set(shown).size).toBe(count);
  });

  it("refuses more categories than a page can have (original: looks them all up)", async () => {
    const ad = await overTheWire("ad", createAd(ads, signals, unexpected));

    await expect(ad.getAds({ contextKeys: Array(101).fill("hair") })).rejects.toThrow(
      "INVALID_ARGUMENT: context_keys has 101 entries: at most 100",
    );
  });

  it.each([
    ["no category", []],
    ["an empty category", [""]],
    ["a category that nobody advertises for", ["garden"]],
    ["a category in capitals", ["HAIR"]],
  ])("draws two ads by lot for %s", async (_, contextKeys) => {
    const ad = await overTheWire(
      "ad",
      createAd(ads, signals, () => 0),
    );

    expect(targets(await ad.getAds({ contextKeys }))).toEqual(["/product/66VCHSJNUP", "/product/1YMWWN1N4O"]);
  });

  it("never draws the same place twice (original: one time in seven)", async () => {
    const ad = await overTheWire("ad", createAd(ads, signals));

    const draws = [];
    for (let draw = 0; draw < 100; draw++) draws.push(await ad.getAds({}));

    expect(draws.filter((draw) => new Set(targets(draw)).size !== 2)).toEqual([]);
    expect(new Set(draws.flatMap(targets)).size).toBe(new Set(ads.map(({ redirectUrl }) => redirectUrl)).size);
  });
});

const unexpected = (): never => {
  throw new Error("nothing was to be drawn by lot");
};
