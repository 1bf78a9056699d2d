import { createHmac } from "node:crypto";
import { decimalOf } from "@boutique/money/decimal";
import type { Money } from "@boutique/money/money";

/** A field of an event: what it takes, how that is written, and what it means. */
export interface Field<V> {
  readonly about: string;
  /** What stands in the JSON, as docs/events.md says it. */
  readonly kind: string;
  readonly write: (value: V, key: string) => unknown;
}

export type Fields = Readonly<Record<string, Field<never>>>;

/** What an event takes for its fields. */
export type Values<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer V> ? V : never };

const asItIs = <V>(kind: string) => {
  const write = (value: V): unknown => value;
  return (about: string): Field<V> => ({ about, kind, write });
};

/** An id that the shop gave: of an order, a product, a parcel. */
export const id = asItIs<string>("id");

/** One of a few words of our own. */
export const word = asItIs<string>("word");

/** A number of things. */
export const whole = asItIs<number>("whole number");

/** A duration in milliseconds, to a hundredth. */
export const milliseconds = (about: string): Field<number> => ({
  about,
  kind: "milliseconds",
  write: (value) => Math.round(value * 100) / 100,
});

/** An amount, exact: "12.05". Its currency stands in a field of its own. */
export const amount = (about: string): Field<Money> => ({
  about,
  kind: "exact decimal",
  write: (money) => decimalOf(money),
});

/** Who, as nobody can tell: the same for one shopper as long as the key is. Give it the shopper's id. */
export const hashed = (about: string): Field<string> => ({
  about,
  kind: "keyed hash",
  write: (value, key) => createHmac("sha256", key).update(value).digest("hex").slice(0, 16),
});

const LONGEST = 100;

/** What a stranger wrote, cut, and without what looks like a card, a telephone or an e-mail address. */
export const words = (about: string): Field<string> => ({ about, kind: "text", write: scrubbed });

/** An id that a caller gave: as it is if it is a UUID, else scrubbed like any text. */
export const givenId = (about: string): Field<string> => ({
  about,
  kind: "id",
  write: (text) => (isUuid(text) ? text : hasCard(text) ? "[number]" : scrubbed(text)),
});

/** A field that may be missing. */
export const optional = <V>({ about, kind, write }: Field<V>): Field<V | undefined> => ({
  about,
  kind: `${kind}, optional`,
  write: (value, key) => (value === undefined ? undefined : write(value, key)),
});

/** Several things of one kind. */
export const list = <F extends Fields>(fields: F, about: string): Field<readonly Values<F>[]> => ({
  about,
  kind: `list of {${Object.keys(fields).join(", ")}}`,
  write: (entries, key) => entries.map((entry) => written(fields, entry, key)),
});

/** Several words, each cut and scrubbed; at most ten. */
export const wordList = (about: string): Field<readonly string[]> => ({
  about,
  kind: "list of texts",
  write: (entries) => entries.slice(0, 10).map(scrubbed),
});

/** An event's values as they are written. */
export const written = <F extends Fields>(fields: F, values: Values<F>, key: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, field.write(values[name] as never, key)] as const),
  );

/** A UUID by chance (version 4) or made of a key (8), which is what our own ids are; it may have twelve digits in a row. */
const isUuid = (text: string) => /^[\da-f]{8}-[\da-f]{4}-[48][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(text);

/** Whether there are digits enough for a card's number, whatever stands between them. */
const hasCard = (text: string) => text.slice(0, 4 * LONGEST).replace(/\P{Nd}/gu, "").length >= 12;

// Most of what is asked for is a word or two, in which there is nothing to look for.
const isHarmless = /^[a-zA-Z _-]{0,100}$/;

/** A stranger's text as it may be kept. */
export function scrubbed(text: string): string {
  if (isHarmless.test(text)) return text;
  const kept = text
    .slice(0, 4 * LONGEST)
    .toWellFormed()
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/\S*@\S*/g, "[address]")
    .replace(/\p{Nd}([^\p{L}\p{N}]{0,3}\p{Nd}){6,}/gu, "[number]");
  return kept.length > LONGEST ? `${kept.slice(0, LONGEST).toWellFormed()}…` : kept;
}
