import type { Chance } from "./random.ts";

const names = ["grace", "alan", "ada", "edsger", "barbara", "donald", "margaret", "john", "radia", "tony"] as const;
const streets = ["Harbour Road", "Mill Lane", "O'Neal Terrace", "Garden Street", "Kiln Yard", "Bell Avenue"] as const;
const cities = ["Arlington", "New Haven", "Port Ellen", "O'Fallon", "Lakewood", "Fairview", "Springfield"] as const;
const states = ["CA", "NJ", "AK", "TX", "MA", "DC", "WA", "OH", "NM", "VT"] as const;
const countries = ["United States", "Canada", "Cote d'Ivoire", "Guinea-Bissau", "Chad", "Switzerland"] as const;

// Visa cards. None of their numbers begins as an Electron card's does (4026, 417500, 4508, 4844, 4913, 4917), which
// shops refuse: of numbers that only begin with 4, one in two hundred would be.
const banks = ["411111", "401288", "422222", "443280", "453201", "455673", "471604", "492900"] as const;

/** The fields of a checkout form, filled in by somebody whose card is good for another one to ten years. */
export const fillIn = (chance: Chance, now = new Date()) => ({
  email: `${chance.pick(names)}.${chance.digits(4)}@example.com`,
  street_address: `${chance.between(1, 9_999)} ${chance.pick(streets)}`,
  zip_code: String(chance.between(501, 99_950)).padStart(5, "0"),
  city: chance.pick(cities),
  state: chance.pick(states),
  country: chance.pick(countries),
  credit_card_number: cardNumber(chance),
  credit_card_expiration_month: String(chance.between(1, 12)),
  credit_card_expiration_year: String(now.getUTCFullYear() + chance.between(1, 10)),
  credit_card_cvv: String(chance.between(100, 999)),
});

/** The sixteen digits of a Visa card that every shop takes; the last one is the check digit. */
export function cardNumber(chance: Chance): string {
  const body = `${chance.pick(banks)}${chance.digits(9)}`;
  const sum = Array.from(body, Number).reduce((sum, digit, place) => {
    const value = place % 2 === 0 ? 2 * digit : digit;
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}
