import { describe, expect, it } from "vitest";
import { isEmailAddress } from "../src/email-address.ts";

const domainOf = (length: number) =>
  `${"long."
    .repeat(60)
    .slice(0, length - 3)
    .replace(/\.$/, "g")}.de`;

describe("an e-mail address", () => {
  it.each([
    "someone@example.com",
    "a@b.co",
    "first.last+tag@sub.domain.example",
    "o'hara_99@example-shop.com",
    "jörg@münchen.example",
    "someone@xn--mnchen-3ya.example",
    "1@2.33",
    `${"x".repeat(64)}@example.com`,
    `someone@${domainOf(246)}`,
  ])("is %s", (text) => {
    expect(text.length).toBeLessThanOrEqual(254);
    expect(isEmailAddress(text)).toBe(true);
  });

  it.each([
    ["nothing", ""],
    ["no @", "someone.example.com"],
    ["two @", "some@one@example.com"],
    ["no name", "@boutique.example"],
    ["a name of 65 characters", `${"x".repeat(65)}@example.com`],
    ["no domain", "someone@"],
    ["a domain without a dot", "someone@localhost"],
    ["a domain with two dots", "someone@example..com"],
    ["a domain that begins with a dot", "someone@.example.com"],
    ["a domain that ends in a dot", "someone@example.com."],
    ["a domain whose label begins with a hyphen", "someone@-example.com"],
    ["a domain that ends in a hyphen", "someone@example.com-"],
    ["a domain that ends in a single letter", "someone@example.c"],
    ["a domain with an underscore", "someone@exam_ple.com"],
    ["a blank", "some one@example.com"],
    ["a blank before it", " someone@example.com"],
    ["a line break after it", "someone@example.com\n"],
    ["another header", "someone@example.com\r\nBcc: all@example.com"],
    ["a control character", "some\u0000one@example.com"],
    ["a sign that turns the direction of writing", "some\u202eone@example.com"],
    ["two addresses", "someone@example.com,other@example.com"],
    ["a name beside it", "Someone <someone@example.com>"],
    ["a quoted name", '"someone@evil.example x"@example.com'],
    ["a comment", "someone(at home)@example.com"],
    ["255 characters", `someone@${domainOf(247)}`],
    ["characters without end", `someone@${"a-".repeat(100_000)}`],
  ])("is not what has %s", (_, text) => {
    expect(isEmailAddress(text)).toBe(false);
  });
});
