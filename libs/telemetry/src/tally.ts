import { decimalOfNanos } from "@boutique/money/decimal";
import { type Money, toNanos } from "@boutique/money/money";
import type { Cell } from "./metrics.ts";
import type { Series } from "./series.ts";
import { syntheticLabel, type Traffic, traffics } from "./traffic.ts";

/** A figure of a report: what it is, and what it came to in the window that now ends. */
export interface Reported {
  readonly about: string;
  readonly kind: string;
  read(traffic: Traffic): unknown;
}

/** Something that adds up over a window. */
export interface Windowed {
  /** Whether anything was added since the window began. */
  used(traffic: Traffic): boolean;
  /** How much there was no room for. */
  dropped(): number;
  /** Begins the next window. */
  reset(): void;
}

export const whole = (about: string, read: (traffic: Traffic) => number): Reported => ({
  about,
  kind: "whole number",
  read,
});

const topOf = (counts: ReadonlyMap<string, number>, most: number) =>
  [...counts]
    .sort(([one, a], [other, b]) => b - a || one.localeCompare(other))
    .slice(0, most)
    .map(([name, count]) => ({ name, count }));

/** Counts by label values: the cells that Prometheus reads, and since when the window counts. */
export function createTally(
  about: string,
  labels: readonly string[],
  cells: Series<Cell>,
  traffic: () => Traffic,
  added: (count: number) => void,
) {
  const before = new Map<Cell, number>();
  const previous = { real: 0, synthetic: 0 };
  const since = (cell: Cell) => cell.value - (before.get(cell) ?? 0);
  const entriesOf = (wanted: Traffic) =>
    Array.from(cells.entries()).filter(([values]) => values.at(-1) === syntheticLabel(wanted));
  const total = (wanted: Traffic) => entriesOf(wanted).reduce((sum, [, cell]) => sum + since(cell), 0);
  /** By one label: the sums over all the others. */
  const by = (label: string, wanted: Traffic) => {
    const counts = new Map<string, number>();
    const place = labels.indexOf(label);
    for (const [values, cell] of entriesOf(wanted)) {
      const name = values[place] ?? "";
      if (since(cell) > 0) counts.set(name, (counts.get(name) ?? 0) + since(cell));
    }
    return counts;
  };
  const windowed: Windowed = {
    used: (wanted) => total(wanted) > 0,
    dropped: () => 0,
    reset: () => {
      for (const wanted of traffics) previous[wanted] = total(wanted);
      for (const [, cell] of cells.entries()) before.set(cell, cell.value);
    },
  };
  return {
    ...windowed,
    total,
    /** Adds so many, one if nothing is said, under the values of the labels in their order. */
    add(values: readonly string[] = [], count = 1): void {
      cells.at(...values, syntheticLabel(traffic())).value += count;
      added(count);
    },
    /** How many in the window. */
    inAll: (words = about) => whole(words, total),
    /** How many in the window with one value of a label: to be reported, or to have a share in something. */
    having: (label: string, value: string) => (wanted: Traffic) => by(label, wanted).get(value) ?? 0,
    /** How many more than in the window before, or fewer. */
    change: (words: string) => whole(words, (wanted) => total(wanted) - previous[wanted]),
    /** How many in the window for each value of a label. */
    each: (label: string, words = about): Reported => ({
      about: words,
      kind: "numbers by name",
      read: (wanted) => Object.fromEntries(by(label, wanted)),
    }),
    /** The values of a label that came up most, each with its number. */
    top: (label: string, most: number, words = about): Reported => ({
      about: words,
      kind: "list of {name, count}",
      read: (wanted) => topOf(by(label, wanted), most),
    }),
    /** How many different values of a label came up. */
    different: (label: string, words = about): Reported => whole(words, (wanted) => by(label, wanted).size),
  };
}

export type Tally = ReturnType<typeof createTally>;

/** Amounts by currency: exact in the reports, where they are never added across currencies; floats for Prometheus. */
export function createPurse(about: string, tally: Tally, traffic: () => Traffic, labelled = true) {
  const purses = { real: new Map<string, bigint>(), synthetic: new Map<string, bigint>() };
  const known = new Set<string>();
  let dropped = 0;
  return {
    add(money: Money): void {
      const { currencyCode } = money;
      // One too many: amounts of several currencies have no sum, so there is no "other".
      if (!known.has(currencyCode) && known.size >= MOST_CURRENCIES) {
        dropped += 1;
        return;
      }
      known.add(currencyCode);
      const nanos = toNanos(money);
      const purse = purses[traffic()];
      tally.add(labelled ? [currencyCode] : [], Number(nanos) / 1e9);
      purse.set(currencyCode, (purse.get(currencyCode) ?? 0n) + nanos);
    },
    reset: () => {
      for (const purse of Object.values(purses)) purse.clear();
      dropped = 0;
    },
    used: (wanted: Traffic) => purses[wanted].size > 0,
    dropped: () => dropped,
    /** The exact sum in each currency: {"EUR": "12.05"}. */
    each: (words = about): Reported => ({
      about: words,
      kind: "exact decimals by currency",
      read: (wanted) => Object.fromEntries([...purses[wanted]].map(([code, nanos]) => [code, decimalOfNanos(nanos)])),
    }),
    /** The exact sum in one currency. */
    of: (currency: string, words = about): Reported => ({
      about: words,
      kind: "exact decimal",
      read: (wanted) => decimalOfNanos(purses[wanted].get(currency) ?? 0n),
    }),
  };
}

export type Purse = ReturnType<typeof createPurse>;

/** More than any shop trades in. */
export const MOST_CURRENCIES = 50;
const MOST_NAMES = 1_000;

/**
 * Names that Prometheus must not have as labels, since there may be any number of them: counted for one window only, at
 * most so many different ones. The rest is dropped, and how much that was is said.
 */
export function createRanking(about: string, traffic: () => Traffic, most = MOST_NAMES) {
  const counts = { real: new Map<string, number>(), synthetic: new Map<string, number>() };
  let dropped = 0;
  return {
    add(name: string, count = 1): void {
      const own = counts[traffic()];
      const known = own.get(name);
      if (known === undefined && own.size >= most) dropped += 1;
      else own.set(name, (known ?? 0) + count);
    },
    used: (wanted: Traffic) => counts[wanted].size > 0,
    dropped: () => dropped,
    reset: () => {
      for (const own of Object.values(counts)) own.clear();
      dropped = 0;
    },
    /** Those that came up most, each with its number. */
    top: (places: number, words = about): Reported => ({
      about: words,
      kind: "list of {name, count}",
      read: (wanted) => topOf(counts[wanted], places),
    }),
    /** How many different ones there were. */
    different: (words = about): Reported => whole(words, (wanted) => counts[wanted].size),
  };
}

export type Ranking = ReturnType<typeof createRanking>;

/** A share of one figure in another, in percent to a hundredth; null where there was nothing to have a share in. */
export const percent = (
  about: string,
  part: (traffic: Traffic) => number,
  all: (traffic: Traffic) => number,
): Reported => ({
  about,
  kind: "percent or null",
  read: (wanted) => (all(wanted) === 0 ? null : Math.round((part(wanted) / all(wanted)) * 10_000) / 100),
});
