import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  amount,
  type Field,
  givenId,
  hashed,
  id,
  list,
  milliseconds,
  optional,
  scrubbed,
  whole,
  word,
  wordList,
  words,
  written,
} from "../src/fields.ts";
import { money } from "./open.ts";

/** What stands in a line for a value of a field. */
const write = <V>(field: (about: string) => Field<V>, value: V, key = "a key") => field("About.").write(value, key);

describe("a field", () => {
  it.each([
    ["an id", id, "66VCHSJNUP"],
    ["a word", word, "visa"],
    ["a number of things", whole, 3],
  ])("of %s is written as it is", (_, field, value) => {
    expect(write(field as (about: string) => Field<unknown>, value)).toBe(value);
  });

  it.each([
    [12.3456, 12.35],
    [0.001, 0],
    [1_000, 1_000],
  ])("of milliseconds has two decimals: %s is %s", (value, expected) => {
    expect(write(milliseconds, value)).toBe(expected);
  });

  it.each([
    [money("USD", 12, 50_000_000), "12.05"],
    [money("USD", 0, 300_000_000), "0.30"],
    [money("EUR", "-9223372036854775808", -999_999_999), "-9223372036854775808.999999999"],
  ])("of an amount is exact (original: a float)", (value, expected) => {
    expect(write(amount, value)).toBe(expected);
  });

  it("that may be missing is written when it is there", () => {
    const maybe = (about: string) => optional(whole(about));

    expect(write(maybe, 3)).toBe(3);
    expect(write(maybe, 0)).toBe(0);
    expect(JSON.stringify({ field: write(maybe, undefined) })).toBe("{}");
  });

  it("of several things has the fields of each", () => {
    const lines = (about: string) => list({ product_id: id("Which."), user_id: hashed("Who.") }, about);

    expect(write(lines, [{ product_id: "66VCHSJNUP", user_id: "ada" }])).toEqual([
      { product_id: "66VCHSJNUP", user_id: write(hashed, "ada") },
    ]);
    expect(write(lines, [])).toEqual([]);
    expect(lines("What.").kind).toBe("list of {product_id, user_id}");
  });

  it("of several words has ten at most, each scrubbed", () => {
    expect(write(wordList, ["mug", "ada@example.com"])).toEqual(["mug", "[address]"]);
    expect(
      write(
        wordList,
        Array.from({ length: 1_000 }, () => "mug"),
      ),
    ).toHaveLength(10);
  });

  it("that was not declared is not written", () => {
    const given = { quantity: 1, password: "1234" };

    expect(written({ quantity: whole("How many.") }, given, "a key")).toEqual({ quantity: 1 });
  });
});

describe("a shopper's id", () => {
  it("is the same each time, so that lines find together", () => {
    expect(write(hashed, "7b1f8a52")).toBe(write(hashed, "7b1f8a52"));
    expect(write(hashed, "7b1f8a52")).toMatch(/^[0-9a-f]{16}$/);
  });

  it("is another for another shopper, and with another key, and never itself", () => {
    const known = [write(hashed, "ada"), write(hashed, "bob"), write(hashed, "ada", "another key"), "ada", "bob"];

    expect(new Set(known).size).toBe(known.length);
  });
});

describe("what a stranger wrote", () => {
  it.each([
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "4111  1111  1111  1111",
    "4111.1111.1111.1111",
    "4111–1111—1111-1111",
    "4111\u00a01111\u20091111\u200b1111",
    "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
    "4111\n1111\t1111\u00001111",
    "4111/1111/1111/1111",
    "٤١١١ ١١١١ ١١١١ ١١١١",
    "４１１１１１１１１１１１１１１１",
    "+44 20 7946 0958",
    "(555) 123-4567",
  ])("is kept without the number in it: %j", (number) => {
    const kept = scrubbed(`a mug ${number} please`);

    expect(kept).toMatch(/^a mug .*\[number\] please$/u);
    expect(kept.replace(/\P{Nd}/gu, "").length).toBeLessThan(4);
  });

  it.each([
    "ada@example.com",
    "a.d+a@mail.example.co.uk",
    "mailto:ada@example.com",
    "<ada@example.com>",
    "ada@localhost",
  ])("is kept without the address in it: %s", (address) => {
    expect(scrubbed(`write to ${address} soon`)).toBe("write to [address] soon");
  });

  it.each(["a mug", "size 42", "model 12345", "2024-06", "Größe 7½", "日本 の 眼鏡", "sun glasses, black & white"])(
    "is kept as it is when there is nothing in it: %s",
    (text) => {
      expect(scrubbed(text)).toBe(text);
    },
  );

  it("is one line that no terminal obeys", () => {
    expect(scrubbed("a\nb\r\nc\td\u0000e\u001b[31mf\u202eg\u2028h")).toBe("a b  c d e [31mf g h");
    expect(scrubbed("a\u0085b\u009bc")).toBe("a b c");
  });

  it("is cut at a hundred characters, and says so", () => {
    expect(scrubbed("m".repeat(100))).toBe("m".repeat(100));
    expect(scrubbed("m".repeat(101))).toBe(`${"m".repeat(100)}…`);
    expect(scrubbed("m".repeat(10_000_000))).toHaveLength(101);
    // Not in the middle of a character, which could not be written as UTF-8.
    expect(scrubbed(`${"m".repeat(99)}😀`)).toMatch(/^m{99}.…$/u);
    expect(scrubbed(`${"m".repeat(99)}😀`).isWellFormed()).toBe(true);
  });

  it("is always text that can be sent, short, on one line and without what is whose (property)", () => {
    const unit = fc.oneof(
      { weight: 5, arbitrary: fc.string({ unit: "binary", maxLength: 5 }) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 99_999 }).map(String) },
      fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom(" ", "-", "@", ".", "\n", "\ud83d\ude00"),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 80 }), (units) => {
        const kept = scrubbed(units.join(""));

        expect(kept.isWellFormed()).toBe(true);
        expect(kept.length).toBeLessThanOrEqual(101);
        expect(kept).not.toMatch(/\p{Cc}|\p{Zl}|@|\p{Nd}{7}/u);
      }),
    );
  });

  it("as a field is the same", () => {
    expect(write(words, "ada@example.com")).toBe("[address]");
  });
});

describe("an id that a caller gave", () => {
  it("is written as it is when it is a random UUID, digits and all", () => {
    const plain = "41111111-1111-4111-8111-eb211c80319c";

    expect(write(givenId, plain)).toBe(plain);
    expect(write(givenId, plain.replace("4111-8", "8111-8"))).toBe("41111111-1111-8111-8111-eb211c80319c");
  });

  it.each([
    "order 7",
    "ada@example.com",
    "0af76519-16cd-43dd-8448",
    "4111-1111-1111-1111",
    "4a1b1c1d1e1f1g1h1i1j1k1l1m1n1o1p",
  ])("is scrubbed when it is anything else: %s", (text) => {
    expect(write(givenId, text)).not.toMatch(/@|4111|(\d\D{0,3}){12}/);
  });

  it("of the form of a UUID that nobody drew by lot is scrubbed", () => {
    expect(write(givenId, "abcdef41-1111-1111-1111-11abcdefabcd")).not.toContain("1111");
  });
});
