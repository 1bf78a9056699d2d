import { describe, expect, it } from "vitest";
import { createSearch } from "../src/search.ts";
import { names, ownCatalogue, ownProducts } from "./own.ts";

const found = (query: string) => names(ownCatalogue.search(query));
const [model] = ownProducts;
if (!model) throw new Error("no products");
const product = (name: string, categories: string[] = [], description = "") => ({
  ...model,
  name,
  categories,
  description,
});

describe("search", () => {
  it.each([
    ["a name", "mug", ["Mug"]],
    ["a name in capitals", "MUG", ["Mug"]],
    ["a part of a name", "glass", ["Sunglasses", "Bamboo Glass Jar"]],
    ["a name of two words", "tank top", ["Tank Top"]],
    ["a name with a sign in it", "salt & pepper", ["Salt & Pepper Shakers"]],
    ["a category (original: not searched)", "footwear", ["Loafers"]],
    ["a category of several", "kitchen", ["Salt & Pepper Shakers", "Bamboo Glass Jar", "Mug"]],
    ["words of name and category", "jar kitchen", ["Bamboo Glass Jar"]],
    ["words of name, category and description", "mug kitchen mustard", ["Mug"]],
    ["words in any order", "holder candle", ["Candle Holder"]],
    ["a word with blanks around it", "  watch\t", ["Watch"]],
    ["accents where there are none", "lóafërs", ["Loafers"]],
    ["a word that no product has", "retrowave", []],
    ["one word that a product has and one that it has not", "mug retrowave", []],
    ["what only looks like a pattern", ".*", []],
  ])("finds by %s", (_, query, expected) => {
    expect(found(query)).toEqual(expected);
  });

  it.each([
    ["aviator", "Sunglasses"],
    ["modern touch", "Sunglasses"],
    ["cropped", "Tank Top"],
    ["cotton", "Tank Top"],
    ["scooped neckline", "Tank Top"],
    ["gold-tone", "Watch"],
    ["stainless", "Watch"],
    ["most outfits", "Watch"],
    ["summer wardrobe", "Loafers"],
    ["travel", "Hairdryer"],
    ["3 heat and speed settings", "Hairdryer"],
    ["intricate", "Candle Holder"],
    ["gift", "Candle Holder"],
    ["flavor", "Salt & Pepper Shakers"],
    ["57 oz", "Bamboo Glass Jar"],
    ["1.7 l", "Bamboo Glass Jar"],
    ["mustard", "Mug"],
    ["simple", "Mug"],
    ["ple mug with a", "Mug"],
  ])("finds by %j what the original finds by its description", (query, name) => {
    expect(found(query)).toContain(name);
  });

  it.each(["", "   ", "\n"])("finds all, in order, by %j", (query) => {
    expect(found(query)).toEqual(names(ownProducts));
  });

  it("puts names first, then categories, then descriptions, each in the order of the file", () => {
    const search = createSearch([
      product("Vase", [], "Goes with any lamp."),
      product("Bulb", ["lamps"]),
      product("Lamp shade"),
      product("Hook", [], "Holds a lamp."),
      product("Wire", ["lamps"], "For a lamp."),
      product("Lamp"),
    ]);

    expect(names(search("lamp"))).toEqual(["Lamp shade", "Lamp", "Bulb", "Wire", "Vase", "Hook"]);
  });

  it.each([
    ["creme", "Crème brûlée"],
    ["CRÈME BRULEE", "Crème brûlée"],
    ["cre\u0300me", "Crème brûlée"],
    ["strasse", "Straße"],
    ["straße", "STRASSE"],
    ["STRAẞE", "Straße"],
    ["οδος", "ΟΔΟΣ"],
    ["istanbul", "İstanbul"],
    ["kelvin", "\u212Aelvin"],
  ])("by %j finds %j", (query, name) => {
    expect(createSearch([product(name)])(query)).toHaveLength(1);
  });

  it("does not join what stands in different places", () => {
    const search = createSearch([product("Rain", ["coat"])]);

    expect(search("raincoat")).toEqual([]);
  });
});
