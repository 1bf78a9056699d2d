import { expect, test } from "vitest";
import { cardNumber, fillIn } from "../src/shoppers/people.ts";
import { createChance } from "../src/shoppers/random.ts";

const electron = /^(4026|417500|4508|4844|4913|4917)/;

/** The sum of the digits, every second one from the right doubled, as card makers add them. */
function luhn(number: string): number {
  const digits = [...number].reverse().map(Number);
  const doubled = digits.map((digit, place) => (place % 2 === 0 ? digit : [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][digit]));
  return doubled.reduce<number>((sum, digit = 0) => sum + digit, 0);
}

test("cards are Visa cards that any shop takes", () => {
  const chance = createChance(1);
  const numbers = Array.from({ length: 5_000 }, () => cardNumber(chance));
  for (const number of numbers) {
    expect(number).toMatch(/^4\d{15}$/);
    expect(number).not.toMatch(electron);
    expect(luhn(number) % 10).toBe(0);
  }
  expect(new Set(numbers).size).toBeGreaterThan(4_990);
});

test("a form is filled in with what the shop takes, and the card is good for years to come", () => {
  const chance = createChance(2);
  for (let person = 0; person < 500; person += 1) {
    const form = fillIn(chance, new Date("2030-12-31T23:59:59Z"));
    expect(form.email).toMatch(/^[a-z]+\.\d{4}@example\.com$/);
    expect(form.zip_code).toMatch(/^\d{5}$/);
    expect(form.state).toMatch(/^[A-Z]{2}$/);
    expect(Number(form.credit_card_expiration_year)).toBeGreaterThanOrEqual(2031);
    expect(Number(form.credit_card_expiration_year)).toBeLessThanOrEqual(2040);
    expect(Number(form.credit_card_expiration_month)).toBeGreaterThanOrEqual(1);
    expect(Number(form.credit_card_expiration_month)).toBeLessThanOrEqual(12);
    expect(form.credit_card_cvv).toMatch(/^\d{3}$/);
  }
});

test("chance is the same for the same seed, another for each shopper, and even", () => {
  const row = (...seed: number[]) => {
    const chance = createChance(...seed);
    return Array.from({ length: 2_000 }, () => chance.between(1, 10));
  };
  expect(row(7, 3)).toEqual(row(7, 3));
  expect(row(7, 3)).not.toEqual(row(7, 4));
  expect(row(7, 3)).not.toEqual(row(8, 3));
  expect(row(2 ** 40, 1)).not.toEqual(row(2 ** 41, 1));
  const counts = Map.groupBy(row(1, 1), (value) => value);
  expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  for (const same of counts.values()) expect(Math.abs(same.length - 200)).toBeLessThan(60);
});
