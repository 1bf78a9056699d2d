import { describe, expect, it } from "vitest";
import { checkAds } from "../src/ads.ts";

const hat = { category: "hats", redirectUrl: "/product/HAT", text: "A hat." };

describe("the ads file", () => {
  it("is taken as it is when nothing is wrong", () => {
    const ads = [hat, { ...hat, redirectUrl: "/product/CAP" }];

    expect(checkAds(ads)).toEqual(ads);
  });

  it.each([
    ["no list", {}, "is not a list"],
    ["no ads", [], "leads to fewer than 2 places"],
    ["ads for one place only", [hat, { ...hat, category: "caps" }], "leads to fewer than 2 places"],
    ["an entry that is nothing", [hat, null], "entry 2: category is not a text"],
    ["no category", [{ ...hat, category: undefined }], "entry 1: category is not a text"],
    ["a category that no key can match", [{ ...hat, category: " hats" }], "entry 1: category is not a text"],
    ["no words", [hat, { ...hat, text: "" }], "entry 2 (hats): text is not a text"],
    ["words that are a number", [{ ...hat, text: 7 }], "entry 1 (hats): text is not a text"],
    ["another host", [{ ...hat, redirectUrl: "//elsewhere.example" }], "entry 1 (hats): redirectUrl is not a path"],
    ["a script", [{ ...hat, redirectUrl: "javascript:alert(1)" }], "entry 1 (hats): redirectUrl is not a path"],
  ])("is refused with %s, by the name of the entry", (_, json, words) => {
    expect(() => checkAds(json)).toThrow(words);
  });
});
