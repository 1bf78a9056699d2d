import { expect, it } from "vitest";
import { quoted } from "../src/quoted.ts";

it.each([
  ["a short text", "MUG", '"MUG"'],
  ["no text", "", '""'],
  ["a text that just fits", "x".repeat(8), `"${"x".repeat(8)}"`],
  ["a text one too long", "x".repeat(9), `"${"x".repeat(8)}…"`],
  ["a text without end", "x".repeat(9_999), `"${"x".repeat(8)}…"`],
  ["a character that just fits", `${"x".repeat(6)}😀`, `"${"x".repeat(6)}😀"`],
  ["a character that the cut would halve", `${"x".repeat(7)}😀`, `"${"x".repeat(7)}…"`],
  ["a half character of the stranger's own", "\ud83dx", '"\ufffdx"'],
])("a stranger's text is quoted short and whole: %s", (_, text, shown) => {
  expect(quoted(text, 8)).toBe(shown);
  expect(quoted(text, 8).isWellFormed()).toBe(true);
});

it.each([
  ["a card's number", "4432801561520454", '"…"'],
  ["a card's number in groups, with more about it", "card 4432-8015 6152.0454!", '"card …!"'],
  ["an e-mail address", "of ada@example.com, please", '"of … please"'],
  ["an order's number", "order 12345678", '"order 12345678"'],
])("what nobody should read again is not quoted: %s", (_, text, shown) => {
  expect(quoted(text, 64)).toBe(shown);
});
