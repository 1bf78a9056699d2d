import { setTimeout as sleep } from "node:timers/promises";
import type { Boutique } from "./boutique.ts";
import { type Answer, receiptIn, type Shopper } from "./purchase.ts";
import type { Row } from "./rows.ts";
import {
  type Deed,
  deeds,
  inWords,
  isWell,
  lateIn,
  lookAround,
  order,
  type Pages,
  type Visitor,
  visitorIn,
} from "./tour.ts";

/** What the shop looked like when all was well, and an order in dollars. */
export type Well = Readonly<Record<Deed | "dollars", Answer>>;

/** What came of one row; times are in milliseconds. */
export interface Endured {
  readonly part: string;
  readonly fault: string;
  readonly optional: boolean;
  readonly loses: boolean;
  /** What was seen of each page, at first and once the shop had noticed; of an order, once. */
  readonly seen: Readonly<Record<Deed, readonly string[]>>;
  /** What became of an order in dollars. */
  readonly dollars: string;
  /** How much longer than ever the slowest page took, at first and then. */
  readonly slower: readonly [first: number, then: number];
  /** The longest that a page, and an order, took. */
  readonly page: number;
  readonly order: number;
  /** From the end of the fault until all was as ever. */
  readonly back: number;
  /** What became of the order when its form was sent again once all was well. */
  readonly again: string;
}

const LOOKS_UNTIL_NOTICED = 6;
const NOTICED_WITHIN_MS = 4_000;
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 250;
const MOST_INSIDE = 4;

/** Looks at a shop that is well: several times, since the first visits take longer. */
export async function lookWell(shop: Boutique): Promise<Well> {
  const visitor = (currency: string) => visitorIn(shop.urlOf(), currency);
  const [{ shopper }, buyer, american] = [await visitor("EUR"), await visitor("EUR"), await visitor("USD")];
  for (let time = 0; time < 5; time += 1) await lookAround(shopper);
  return { ...(await lookAround(shopper)), order: await order(buyer), dollars: await order(american) };
}

/** Puts a shop through a row, and waits until it is well again. */
export async function endure(shop: Boutique, well: Well, row: Row): Promise<Endured> {
  const visitor = (currency: string) => visitorIn(shop.urlOf(), currency);
  const [{ shopper }, buyer, american] = [await visitor("EUR"), await visitor("EUR"), await visitor("USD")];
  await row.begin(shop);
  const [pages, ordered, inDollars] = await Promise.all([lookAround(shopper), order(buyer), order(american)]);
  const first = fairer(pages, await lookAround(shopper), well);
  await untilNoticed(shopper, row);
  const then = fairer(await lookAround(shopper), await lookAround(shopper), well);
  await row.end(shop);
  const back = await untilWell(shop, shopper, well, row.part);

  const inOwnWords = (answer: Answer, usual: Answer) => {
    const words = inWords(answer, usual);
    return row.unsure ? words.replace(/^503, n.*/, "503") : words;
  };
  const seen = deeds.map((deed) => {
    const answers = deed === "order" ? [ordered] : [first[deed], then[deed]];
    return [deed, [...new Set(answers.map((answer) => inOwnWords(answer, well[deed])))]];
  });
  return {
    part: row.part,
    fault: row.fault,
    optional: row.optional,
    loses: row.loses === true,
    seen: Object.fromEntries(seen),
    dollars: inOwnWords(inDollars, well.dollars),
    slower: [slowerBy(first, well), slowerBy(then, well)],
    page: Math.max(longest(pages), longest(then)),
    order: Math.max(ordered.took, inDollars.took),
    back,
    again: await askAgain(buyer, ordered),
  };
}

/** Looks around until all that notices faults has: circuits have opened, and what was kept has grown old. */
async function untilNoticed(shopper: Shopper, { kept = 0 }: Row): Promise<void> {
  const since = performance.now();
  const passed = () => performance.now() - since;
  for (let look = 0; look < LOOKS_UNTIL_NOTICED && passed() < NOTICED_WITHIN_MS; look += 1) await lookAround(shopper);
  await sleep(Math.max(0, kept - passed()));
  // Whoever comes first then waits for what is not there.
  if (kept > 0) await lookAround(shopper);
}

/** What the first of two looks saw. What a busy machine was late with once is no fault of the shop's: nor in how long it took. */
const fairer = (one: Pages, other: Pages, well: Well): Pages =>
  Object.fromEntries(
    Object.entries(one).map(([deed, answer]) => {
      const [again, usual] = [other[deed as Deed & keyof Pages], well[deed as Deed]];
      const better = again.status === answer.status && lateIn(again, usual) < lateIn(answer, usual) ? again : answer;
      const took = answer.took < 1_000 ? Math.min(answer.took, again.took) : answer.took;
      return [deed, { ...better, took }];
    }),
  ) as unknown as Pages;

const longest = (pages: Pages) => Math.max(...Object.values(pages).map(({ took }) => took));

const slowerBy = (pages: Pages, well: Well) =>
  Math.max(...Object.entries(pages).map(([deed, { took }]) => took - well[deed as Deed].took));

/** How long after now whoever came found everything as ever: one comes every moment, and hardly waits for others. */
async function untilWell(shop: Boutique, shopper: Shopper, well: Well, part: string): Promise<number> {
  const since = performance.now();
  let found = Number.POSITIVE_INFINITY;
  const inside = new Set<Promise<void>>();
  const visit = async () => {
    const came = performance.now() - since;
    const all = { ...(await lookAround(shopper)), order: await order(await visitorIn(shop.urlOf(), "EUR")) };
    if (deeds.every((deed) => isWell(all[deed], well[deed], part))) found = Math.min(found, came);
  };
  while (found === Number.POSITIVE_INFINITY && performance.now() - since < PATIENCE_MS) {
    const work = visit()
      .catch(() => {})
      .finally(() => inside.delete(work));
    inside.add(work);
    await Promise.race([work, sleep(LOOK_EVERY_MS)]);
    if (inside.size >= MOST_INSIDE) await Promise.race(inside);
  }
  await Promise.all(inside);
  return found;
}

/** Sends the same form again until it is certain what became of the order. */
async function askAgain(buyer: Visitor, before: Answer): Promise<string> {
  const since = performance.now();
  let answer = await order(buyer);
  while (answer.status === 503 && !/given back/.test(answer.text) && performance.now() - since < PATIENCE_MS) {
    await sleep(LOOK_EVERY_MS);
    answer = await order(buyer);
  }
  const [earlier, now] = [receiptIn(before.text), receiptIn(answer.text)];
  if (!now) return inWords(answer, { ...answer, status: 200 });
  if (!earlier) return "ordered";
  return earlier.orderId === now.orderId && earlier.trackingId === now.trackingId ? "the same order" : "ANOTHER ORDER";
}
