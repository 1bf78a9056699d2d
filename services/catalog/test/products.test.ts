import { describe, expect, it } from "vitest";
import { checkProducts } from "../src/products.ts";
import { ownProducts } from "./own.ts";

const price = { currencyCode: "USD", units: 8, nanos: 990_000_000 };
const mug = {
  id: "MUG",
  name: "Mug",
  description: "Blue.",
  picture: "/mug.jpg",
  priceUsd: price,
  categories: ["home"],
};
const file = (change: object) => ({
  products: [
    { ...mug, id: "CUP" },
    { ...mug, ...change },
  ],
});
const priced = (change: object) => file({ priceUsd: { ...price, ...change } });

describe("the shop's own products", () => {
  it("have the ids, names, prices, categories and pictures of the original, in its order", () => {
    expect(
      ownProducts.map(({ id, name, picture, priceUsd, categories }) =>
        [id, name, `${priceUsd?.units}.${priceUsd?.nanos}`, categories.join("+"), picture].join(" "),
      ),
    ).toEqual([
      "OLJCESPC7Z Sunglasses 19.990000000 accessories /static/img/products/sunglasses.jpg",
      "66VCHSJNUP Tank Top 18.990000000 clothing+tops /static/img/products/tank-top.jpg",
      "1YMWWN1N4O Watch 109.990000000 accessories /static/img/products/watch.jpg",
      "L9ECAV7KIM Loafers 89.990000000 footwear /static/img/products/loafers.jpg",
      "2ZYFJ3GM2N Hairdryer 24.990000000 hair+beauty /static/img/products/hairdryer.jpg",
      "0PUK6V6EV0 Candle Holder 18.990000000 decor+home /static/img/products/candle-holder.jpg",
      "LS4PSXUNUM Salt & Pepper Shakers 18.490000000 kitchen /static/img/products/salt-and-pepper-shakers.jpg",
      "9SIQT8TOJO Bamboo Glass Jar 5.490000000 kitchen /static/img/products/bamboo-glass-jar.jpg",
      "6E92ZMYYFZ Mug 8.990000000 kitchen /static/img/products/mug.jpg",
    ]);
  });

  it("are each described, in words of their own", () => {
    expect(new Set(ownProducts.map(({ description }) => description)).size).toBe(9);
    for (const { description } of ownProducts) expect(description).toMatch(/^[A-Z].{40,}[.]$/);
  });
});

describe("a product file", () => {
  it("may be written in snake_case", () => {
    const { priceUsd, ...rest } = mug;
    const { currencyCode, ...amount } = priceUsd;
    const snake = { products: [{ ...rest, price_usd: { ...amount, currency_code: currencyCode } }] };

    expect(checkProducts(snake)).toEqual(checkProducts({ products: [mug] }));
  });

  it.each([
    ["numbers", { units: 8, nanos: 990_000_000 }, { units: "8", nanos: 990_000_000 }],
    ["texts", { units: "8", nanos: "990000000" }, { units: "8", nanos: 990_000_000 }],
    ["the most there is", { units: "9223372036854775807" }, { units: "9223372036854775807", nanos: 990_000_000 }],
    ["no units", { units: undefined }, { units: "0", nanos: 990_000_000 }],
    ["no nanos", { nanos: undefined }, { units: "8", nanos: 0 }],
  ])("may write a price with %s", (_, change, amount) => {
    expect(checkProducts(priced(change))[1]?.priceUsd).toEqual({ currencyCode: "USD", ...amount });
  });

  it("may leave out the description and the categories", () => {
    const { description: _, categories: __, ...rest } = mug;

    expect(checkProducts({ products: [rest] })[0]).toMatchObject({ description: "", categories: [] });
  });

  it.each([
    ["nothing", null, "the file is null: must be an object"],
    ["a bare list", [mug], "the file is [{"],
    ["no products", {}, "products is missing: must be a list"],
    ["an empty list", { products: [] }, "products is empty: there must be something to sell"],
    ["another key", { products: [mug], shop: "mine" }, 'the file has "shop": the keys are products'],
    ["a product that is none", { products: [mug, null] }, "products[1] is null: must be an object"],
    ["an unknown key", file({ colour: "blue" }), 'products[1] has "colour": the keys are id, name, '],
    ["a key written twice", file({ price_usd: price }), "products[1].priceUsd is written twice"],
    ["no id", file({ id: undefined }), "products[1].id is missing: must be 1 to 64 letters, digits, - or _"],
    ["an empty id", file({ id: "" }), 'products[1].id is "": must be 1 to 64'],
    ["an id with a slash", file({ id: "../MUG" }), 'products[1].id is "../MUG": must be 1 to 64'],
    ["a number as an id", file({ id: 7 }), "products[1].id is 7: must be 1 to 64"],
    ["an id twice", file({ id: "CUP" }), "products[1].id is CUP: that of an earlier product"],
    ["no name", file({ name: undefined }), "products[1].name is missing: must be a name"],
    ["a blank name", file({ name: " " }), 'products[1].name is " ": must be a name'],
    ["a description that is no text", file({ description: 1 }), "products[1].description is 1: must be a text"],
    ["no picture", file({ picture: undefined }), "products[1].picture is missing: must be a path in the shop"],
    ["a picture elsewhere", file({ picture: "//else.where/mug.jpg" }), 'products[1].picture is "//else.where/mug.jpg"'],
    ["no price", file({ priceUsd: undefined }), "products[1].priceUsd is missing: must be an object"],
    [
      "a price without a currency",
      priced({ currencyCode: undefined }),
      'products[1].priceUsd.currencyCode is missing: must be "USD"',
    ],
    ["a price in euros", priced({ currencyCode: "EUR" }), 'products[1].priceUsd.currencyCode is "EUR": must be "USD"'],
    [
      "a negative price",
      priced({ units: -8 }),
      "products[1].priceUsd.units is -8: must be a whole number from 0 to 922",
    ],
    [
      "a fraction of a unit",
      priced({ units: 8.99 }),
      "products[1].priceUsd.units is 8.99: must be a whole number from",
    ],
    [
      "units beyond int64",
      priced({ units: "9223372036854775808" }),
      'products[1].priceUsd.units is "9223372036854775808"',
    ],
    ["units that JSON rounds", priced({ units: 2 ** 53 }), "products[1].priceUsd.units is 9007199254740992: must be"],
    ["units that are no number", priced({ units: "eight" }), 'products[1].priceUsd.units is "eight": must be a whole'],
    [
      "nanos of a whole unit",
      priced({ nanos: 1e9 }),
      "products[1].priceUsd.nanos is 1000000000: must be a whole number from 0 to 999999999",
    ],
    ["nanos of another sign", priced({ nanos: -1 }), "products[1].priceUsd.nanos is -1: must be a whole number from 0"],
    [
      "an unknown key in a price",
      priced({ cents: 1 }),
      'products[1].priceUsd has "cents": the keys are currencyCode, ',
    ],
    ["categories in one text", file({ categories: "home" }), 'products[1].categories is "home": must be a list'],
    [
      "a category that is none",
      file({ categories: ["home", ""] }),
      'products[1].categories[1] is "": must be one word',
    ],
    [
      "a category of two words",
      file({ categories: ["at home"] }),
      'products[1].categories[0] is "at home": must be one',
    ],
  ])("with %s is refused, by a message that names the entry", (_, json, message) => {
    expect(() => checkProducts(json)).toThrow(message);
  });
});
