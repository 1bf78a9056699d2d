import { randomUUID } from "node:crypto";
import { type Answers, fail } from "./wire.ts";

/** The Visa numbers that the original takes for another kind of card, and refuses. */
export const visaElectron = /^(4026|417500|4508|4844|4913|4917)/;

const sixteen = [16];
const kinds: readonly [kind: string, begins: RegExp, lengths: readonly number[]][] = [
  ["amex", /^3[47]/, [15]],
  ["diners_club_carte_blanche", /^30[0-5]/, [14]],
  ["diners_club_international", /^(309|3[689])/, [14]],
  ["jcb", /^35(2[89]|[3-8])/, sixteen],
  ["laser", /^(6304|670[69]|6771)/, [16, 17, 18, 19]],
  ["visa_electron", visaElectron, sixteen],
  ["visa", /^4/, sixteen],
  ["mastercard", /^5[1-5]/, sixteen],
  ["maestro", /^(50(18|20|38|44|81)|6(304|759|76[1-3]|220))/, [12, 13, 14, 15, 16, 17, 18, 19]],
  ["discover", /^(6011|65)/, sixteen],
];

// No status of gRPC's: its callback takes any number, and HTTP's came to somebody's mind.
const BAD_REQUEST = 400;

/** The original's payment service: it knows no Refund, looks at no CVV, and takes any amount that there is. */
export const createPayment = (): Answers<"payment"> => ({
  charge: ({ amount, creditCard }) => {
    if (!creditCard) throw new TypeError("Cannot read properties of null");
    const number = creditCard.creditCardNumber.replace(/[ -]/g, "");
    const [kind, , lengths] = kinds.find(([, begins]) => begins.test(number)) ?? [];
    if (!lengths?.includes(number.length) || !passesLuhn(number)) fail(BAD_REQUEST, "The card's data makes no sense.");
    if (kind !== "visa" && kind !== "mastercard")
      fail(BAD_REQUEST, `A card of ${kind} does not do: VISA and MasterCard do.`);
    const { creditCardExpirationYear: year, creditCardExpirationMonth: month } = creditCard;
    const now = new Date();
    if (now.getFullYear() * 12 + now.getMonth() + 1 > year * 12 + month) {
      fail(BAD_REQUEST, `The card that ends in ${number.slice(-4)} was good until ${month}/${year}.`);
    }
    if (!amount) throw new TypeError("Cannot read properties of null");
    return { transactionId: randomUUID() };
  },
});

function passesLuhn(number: string): boolean {
  const digits = [...number].reverse().map((digit, place) => Number(digit) * (place % 2 === 0 ? 1 : 2));
  return digits.reduce((sum, digit) => sum + (digit > 9 ? digit - 9 : digit), 0) % 10 === 0;
}
