import type { Name } from "@boutique/contract/roster";
import type { Chance } from "../original/chance.ts";

/** Between which an order can be caught, in the words of the checkout service. */
export const steps = [
  "opened",
  "charging",
  "charged",
  "shipping",
  "shipped",
  "refunding",
  "refunded",
  "settled",
  "mailing",
  "emptied",
  "mailed",
] as const;
export type Step = (typeof steps)[number];

/** Who can be hurt: a service, by the place of the replica, or Redis. */
export type Victim = Name | "redis";

/** Something that happens to somebody. */
export interface Blow {
  readonly victim: Victim;
  /** Killed outright, or frozen: it keeps its connections and says no word. */
  readonly how: "kill" | "freeze";
  /** When an order comes to this step, in the replica that it came to it in if that is the victim; else at once. */
  readonly step?: Step;
  /** How long it stays away, in milliseconds. */
  readonly away: number;
}

/** Those that an order's money and parcel go through. */
const ofOrders: readonly Victim[] = ["checkout", "payment", "shipping", "redis"];
const others: readonly Victim[] = ["frontend", "cart", "catalog", "currency", "email", "ad", "recommendation"];

/** Each of those that orders go through, killed once at each step, in three rows that may be dealt at once. */
export function everyStep(chance: Chance): readonly (readonly Blow[])[] {
  const at = (victim: Victim) =>
    steps
      // A charge is given back where nothing can be shipped: there shipping is dead already.
      .filter((step) => victim !== "shipping" || !/^refund/.test(step))
      .map((step): Blow => ({ victim, step, how: "kill", away: chance.between(50, 400) }));
  const rows = [at("checkout"), [...at("payment"), ...at("shipping")], at("redis")];
  return rows.map((row) => shuffled(row, chance));
}

/** Checkout sleeps longer than it holds the order that it came to a step of: somebody else finishes that before it wakes. */
const oversleepAt = (step: Step, chance: Chance): Blow => ({
  victim: "checkout",
  step,
  how: "freeze",
  away: chance.between(8_000, 9_000),
});

/** Each killed at each step; and checkout asleep before it charges, and before it ships: what it sends then is late. */
export function everyStepAndSleep(chance: Chance): readonly (readonly Blow[])[] {
  const [checkout = [], peers = [], redis = []] = everyStep(chance);
  const sleeps = (["charging", "shipping"] as const).map((step) => oversleepAt(step, chance));
  // At the end of the longest row, when the others are over: while checkout sleeps, few orders come to any step.
  return [checkout, [...peers, ...sleeps], redis];
}

/**
 * Blows without end: those at every step in ever another order, in turn with some that come at any time, to anybody, and
 * then and now a long sleep.
 */
export function* anyTime(chance: Chance): Generator<Blow> {
  const any = (): Blow => {
    const victim = chance.pick([...ofOrders, ...ofOrders, ...others]);
    const how = chance.pick(["kill", "kill", "kill", "freeze"] as const);
    return { victim, how, away: how === "freeze" ? chance.between(500, 3_000) : chance.between(50, 1_500) };
  };
  for (;;) {
    for (const [place, blow] of shuffled(everyStep(chance).flat(), chance).entries()) {
      yield blow;
      yield any();
      if (place % 10 === 9) yield oversleepAt(chance.pick(steps), chance);
    }
  }
}

function shuffled<T>(things: readonly T[], chance: Chance): T[] {
  const left = [...things];
  for (let last = left.length - 1; last > 0; last -= 1) {
    const other = chance.between(0, last);
    [left[last], left[other]] = [left[other] as T, left[last] as T];
  }
  return left;
}
