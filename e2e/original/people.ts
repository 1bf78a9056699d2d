import type { Chance } from "./chance.ts";

// People as the original's load invents them: of everything what a form finds hardest is among the few.
const names = ["michael", "jennifer", "o'connor", "smith", "nguyen", "garcia-lopez"];
const hosts = ["example.com", "example.org", "example.net", "smith-jones.biz", "rivera.info"];
const streets = ["Sarah Motorway", "O'Neal Throughway Suite 042", "Lee Mission Apt. 590", "Garza-King Flats"];
const cities = ["Port Mary", "East William", "New Karenborough", "O'Connortown", "Lake Christopherfurt"];
const states = ["CA", "NJ", "AK", "PW", "MH", "DC"];
const countries = [
  "Cote d'Ivoire",
  "Svalbard & Jan Mayen Islands",
  "Lao People's Democratic Republic",
  "Antarctica (the territory South of 60 deg S)",
  "Holy See (Vatican City State)",
  "Guinea-Bissau",
  "Chad",
];

/** The fields of a checkout form, filled in by somebody. Zip codes may begin with zeros, cards last for 71 years. */
export const fillIn = (chance: Chance, unwantedCards: RegExp) => ({
  email: `${chance.pick(names).replace("'", "")}${chance.digits(2)}@${chance.pick(hosts)}`,
  street_address: `${chance.digits(4)} ${chance.pick(streets)}`,
  zip_code: String(chance.between(501, 99_950)).padStart(5, "0"),
  city: chance.pick(cities),
  state: chance.pick(states),
  country: chance.pick(countries),
  credit_card_number: visaNumber(chance, unwantedCards),
  credit_card_expiration_month: String(chance.between(1, 12)),
  credit_card_expiration_year: String(new Date().getFullYear() + chance.between(1, 71)),
  credit_card_cvv: String(chance.between(100, 999)),
});

/** Sixteen digits from 4 to the one that makes them right. */
function visaNumber(chance: Chance, unwanted: RegExp): string {
  for (;;) {
    const body = `4${chance.digits(14)}`;
    const sum = [...body].map(Number).reduce((sum, digit, place) => {
      const value = place % 2 === 0 ? 2 * digit : digit;
      return sum + (value > 9 ? value - 9 : value);
    }, 0);
    if (!unwanted.test(body)) return `${body}${(10 - (sum % 10)) % 10}`;
  }
}
