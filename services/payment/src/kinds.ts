/** A kind of card, told by how its number begins. */
export interface Kind {
  readonly name: string;
  readonly begins: RegExp;
  readonly lengths: readonly number[];
  /** How many digits its security code has. */
  readonly cvv: number;
  readonly taken: boolean;
}

const taken = { cvv: 3, taken: true };
const known = { cvv: 3, taken: false };

// The first that fits is the one. Those that are not taken are here to be named to the shopper.
const kinds: readonly Kind[] = [
  { name: "Visa", begins: /^4/, lengths: [13, 16, 19], ...taken },
  { name: "Mastercard", begins: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16], ...taken },
  { name: "American Express", begins: /^3[47]/, lengths: [15], ...known, cvv: 4 },
  { name: "Diners Club", begins: /^3(0[0-5]|09|[689])/, lengths: [14, 15, 16, 17, 18, 19], ...known },
  { name: "JCB", begins: /^35(2[89]|[3-8])/, lengths: [16, 17, 18, 19], ...known },
  { name: "Discover", begins: /^(6011|64[4-9]|65)/, lengths: [16, 17, 18, 19], ...known },
  { name: "UnionPay", begins: /^62/, lengths: [16, 17, 18, 19], ...known },
  { name: "RuPay", begins: /^(508|60|8[12])/, lengths: [16], ...known },
  { name: "Mir", begins: /^220[0-4]/, lengths: [16, 17, 18, 19], ...known },
  { name: "Maestro", begins: /^(50|5[6-9]|6)/, lengths: [12, 13, 14, 15, 16, 17, 18, 19], ...known },
];

/** The kind of card that a number is of; undefined when it is of none that is known. */
export const kindOf = (number: string): Kind | undefined => kinds.find(({ begins }) => begins.test(number));

/** The kinds that are taken, for people to read: "Visa and Mastercard". */
export const kindsTaken = new Intl.ListFormat("en").format(kinds.filter(({ taken }) => taken).map(({ name }) => name));
