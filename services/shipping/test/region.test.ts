import { describe, expect, it } from "vitest";
import { regionOf } from "../src/region.ts";

const to = (country: string) => regionOf({ country });

describe("the region of an address", () => {
  it.each([
    ["US", ["United States", "USA", "US", "us", "U.S.A.", "the United States of America", "  United  States "]],
    ["GB", ["United Kingdom", "UK", "GB", "Great Britain", "england"]],
    ["DE", ["Germany", "germany", "DE", "DD"]],
    ["CI", ["Côte d’Ivoire", "Cote d'Ivoire", "Ivory Coast"]],
    ["TR", ["Türkiye", "Turkey"]],
    ["NL", ["Netherlands", "The Netherlands"]],
    ["BA", ["Bosnia and Herzegovina", "Bosnia & Herzegovina", "Bosnia"]],
    ["LC", ["St. Lucia", "Saint Lucia"]],
    ["MM", ["Myanmar", "Myanmar (Burma)"]],
    ["HK", ["Hong Kong", "Hong Kong SAR China"]],
    ["FR", ["France", "fr"]],
  ])("is %s for all the ways to write that country", (code, ways) => {
    expect(ways.map(to)).toEqual(ways.map(() => code));
  });

  it.each([
    "Atlantis",
    "1 Main St",
    "4432801561520454",
    "ann@example.com",
    "U",
    "ZZ",
    "QQ",
    "European Union",
    "Pseudo-Accents",
    "__proto__",
    "constructor",
    "!",
    "United States".repeat(1_000),
  ])("is not the text itself where that is no country: %s", (text) => {
    expect(to(text)).toBe("other");
  });

  it("is none where nothing is said", () => {
    expect([regionOf(null), to(""), to("  ")]).toEqual(["none", "none", "none"]);
  });

  it("is one of the codes that there are, for every country that has a name", () => {
    const name = new Intl.DisplayNames("en", { type: "region" });
    const countries = [
      "AF",
      "BR",
      "CD",
      "CG",
      "GS",
      "IN",
      "JP",
      "KP",
      "KR",
      "ME",
      "MK",
      "NE",
      "NG",
      "ST",
      "SX",
      "VI",
      "ZW",
    ];

    expect(countries.map((code) => to(name.of(code) ?? ""))).toEqual(countries);
  });
});
