import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Chance, createChance } from "../original/chance.ts";
import { type Audit, audit } from "./audit.ts";
import type { Blow } from "./blows.ts";
import { openBoutique } from "./boutique.ts";
import { buy, type Purchase } from "./buyer.ts";
import { createHavoc } from "./havoc.ts";
import { readLedger, untilSettled } from "./ledger.ts";

/** How a shop is put to the test while it sells. */
export interface Siege {
  readonly seed: number;
  /** Rows of blows, dealt at once: each takes its next when the last is over. */
  readonly rows: (chance: Chance) => readonly Iterable<Blow>[];
  /** How many shoppers there are at a time. */
  readonly shoppers: number;
  /** Milliseconds that a shopper lets pass between two purchases. */
  readonly pause: number;
  /** Milliseconds between two blows of a row. */
  readonly gap: number;
  /** Whether it may end, though there are blows left; asked between two. */
  readonly enough?: (purchases: number, blows: number) => boolean;
  readonly progress?: (purchases: number, blows: number) => void;
}

/** What came of it. */
export interface Outcome extends Audit {
  /** How many blows of which kind, as in "redis kill". */
  readonly blows: ReadonlyMap<string, number>;
  /** Blows to which it did not come. */
  readonly missed: number;
  /** Orders that were still under way when there had been quiet for long enough. */
  readonly unsettled: number;
}

const checkout = fileURLToPath(new URL("checkout.ts", import.meta.url));
const QUIET_MS = 15_000;

/** Opens a shop, has shoppers buy while blows are dealt, waits for quiet, and audits. */
export async function besiege({ seed, rows, shoppers, pause, gap, enough, progress }: Siege): Promise<Outcome> {
  const chance = createChance(seed);
  const havoc = createHavoc(chance);
  const shop = await openBoutique({
    replicas: (name) => (name === "checkout" ? 2 : 1),
    mains: { checkout },
    asked: havoc.asked,
  });
  try {
    const purchases: Purchase[] = [];
    const count = () => [...havoc.dealt.values()].reduce((sum, number) => sum + number, 0);
    let missed = 0;
    let over = false;
    const shopOn = async (own: Chance) => {
      while (!over) {
        purchases.push(await buy(shop.urlOf(), own));
        progress?.(purchases.length, count());
        await sleep(pause);
      }
    };
    const buying = Promise.all(Array.from({ length: shoppers }, (_, place) => shopOn(createChance(seed + place + 1))));
    const dealing = rows(chance).map(async (row) => {
      for (const blow of row) {
        if (enough?.(purchases.length, count())) return;
        const struck = (await havoc.deal(shop, blow)) || (await havoc.deal(shop, blow));
        if (!struck) missed += 1;
        await sleep(gap);
      }
    });
    await Promise.race([buying, Promise.all(dealing)]).finally(() => {
      over = true;
    });
    await buying;
    const unsettled = await untilSettled(shop, QUIET_MS);
    const found = await audit(shop, purchases, await readLedger(shop));
    return { ...found, blows: havoc.dealt, missed, unsettled };
  } finally {
    await shop.close();
  }
}
