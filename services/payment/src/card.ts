import type { Message } from "@boutique/contract/proto";
import { RpcError } from "@boutique/rpc/error";
import { type Kind, kindOf, kindsTaken } from "./kinds.ts";

/** What is kept of a card once it was read: nothing that one could pay with. */
export interface Card {
  readonly kind: Kind;
  readonly last4: string;
  readonly year: number;
  readonly month: number;
}

/**
 * Reads a card as the shopper wrote it, spaces and dashes and all. INVALID_ARGUMENT for one that cannot be a card; the
 * words after the field's name are for the shopper, and hold no more of the card than its last four digits.
 */
export function readCard(info: Message<"CreditCardInfo"> | null): Card {
  if (!info) throw new RpcError("INVALID_ARGUMENT", "credit_card: the card is missing");
  const number = info.creditCardNumber.replace(/[\s\p{Dash}]/gu, "");
  const kind = checkNumber(number);
  const { creditCardCvv: cvv, creditCardExpirationMonth: month, creditCardExpirationYear: year } = info;
  // A number on the wire, the code has lost its leading zeros: 7 was 007.
  if (cvv < 0 || cvv >= 10 ** kind.cvv) throw wrong("cvv", `the security code has ${kind.cvv} digits`);
  if (month < 1 || month > 12) throw wrong("expiration_month", "the month is a number from 1 to 12");
  if (year < 2000 || year > 9999) throw wrong("expiration_year", "the year has four digits");
  return { kind, last4: number.slice(-4), month, year };
}

/** Why a card is not taken: as we count it, and for the shopper, naming the field and then in words. */
export interface Refusal {
  readonly reason: "card_not_taken" | "card_expired";
  readonly words: string;
}

/** Whether a card is refused, and why; undefined for one that is taken. */
export function refusalOf({ kind, last4, month, year }: Card, now: Date): Refusal | undefined {
  const card = `the card ending ${last4}`;
  if (!kind.taken) {
    const words = `${field("number")}: ${card} is ${kind.name}; only ${kindsTaken} are taken`;
    return { reason: "card_not_taken", words };
  }
  // A card is good to the end of its month.
  const isExpired = year * 12 + month < now.getUTCFullYear() * 12 + now.getUTCMonth() + 1;
  const expiry = `${String(month).padStart(2, "0")}/${year}`;
  if (!isExpired) return undefined;
  return { reason: "card_expired", words: `${field("expiration_year")}: ${card} expired ${expiry}` };
}

function checkNumber(number: string): Kind {
  if (number === "") throw wrong("number", "the card number is missing");
  if (!/^\d+$/.test(number)) throw wrong("number", "the card number may have digits, spaces and dashes only");
  if (number.length < 12 || number.length > 19) throw wrong("number", "the card number has 12 to 19 digits");
  const kind = kindOf(number);
  if (kind && !kind.lengths.includes(number.length)) {
    throw wrong("number", `${kind.name} numbers have ${digits.format(kind.lengths.map(String))} digits`);
  }
  if (!kind || !passesLuhn(number)) throw wrong("number", "this is not a card's number; is a digit mistyped?");
  return kind;
}

/** The check digit: every second digit from the right counts double, and the sum ends in 0. */
function passesLuhn(number: string): boolean {
  const values = [...number].reverse().map((digit, i) => Number(digit) * (i % 2 === 0 ? 1 : 2));
  return values.reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0) % 10 === 0;
}

const digits = new Intl.ListFormat("en-GB", { type: "disjunction" });
const field = (name: string) => `credit_card.credit_card_${name}`;
const wrong = (name: string, words: string) => new RpcError("INVALID_ARGUMENT", `${field(name)}: ${words}`);
