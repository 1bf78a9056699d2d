import type { Dependency } from "@boutique/runtime/start";
import { isAway } from "./failure.ts";
import type { Journal } from "./journal.ts";
import { idOf, type Order, withoutAddress } from "./order.ts";
import { createRounds } from "./rounds.ts";
import type { createSettlement, Surroundings } from "./settlement.ts";
import { type createTidying, isTidy } from "./tidying.ts";

const LOOK_EVERY_MS = 500;
const PAUSE_MS = 250;

/** After so many tries, nine minutes and more, somebody has to look at it. */
const MOST_TRIES = 60;
/** For so long after an order was placed, in milliseconds, tries that a peer was away for do not count: it comes back. */
const PATIENCE_MS = 24 * 3_600_000;
/** A letter that cannot be sent for a minute is not worth more: some shops have nobody who sends any. */
const MOST_TRIES_FOR_A_LETTER = 12;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Finishes, or undoes, orders that were left half done, by a process that died or for a peer that was away: looks for them
 * every so many milliseconds.
 */
export function createRecovery(
  journal: Journal,
  settle: ReturnType<typeof createSettlement>,
  tidy: ReturnType<typeof createTidying>,
  { log, signals, newKey }: Surroundings,
  every = LOOK_EVERY_MS,
): Dependency {
  const takeOn = async (order: Order, holder: string): Promise<void> => {
    if (triesOf(order) > MOST_TRIES) return park(order, holder, "what it was taken up for never ended");
    const settled = await settle(order, holder);
    if ("nothing" in settled) return signals.recovered(order, "undone");
    if ("unfinished" in settled) return later(settled.left, holder, settled.unfinished);
    const { certain } = settled;
    if (order.step !== certain.step) signals.recovered(order, certain.step === "confirmed" ? "finished" : "undone");
    if (certain.step !== "confirmed") return;
    const { left, reason } = await tidy.now(certain, holder);
    if (!isTidy(left)) await later(left, holder, reason ?? "the letter");
  };

  const later = async (order: Order, holder: string, reason: unknown): Promise<void> => {
    if (reason === false) return;
    const onlyLetter = order.step === "confirmed" && order.emptied;
    const pause = Math.min(PAUSE_MS * 2 ** order.tries, LONGEST_PAUSE_MS);
    if (isAway(reason) && Date.now() - order.placedAt < PATIENCE_MS) {
      await journal.write({ ...order, excused: (order.excused ?? 0) + 1 }, holder, pause);
    } else if (onlyLetter && triesOf(order) >= MOST_TRIES_FOR_A_LETTER) {
      await journal.close(withoutAddress(order), holder);
    } else if (triesOf(order) >= MOST_TRIES) await park(order, holder, reason);
    else await journal.write(order, holder, pause);
  };

  const park = async (order: Order, holder: string, reason: unknown): Promise<void> => {
    if (!(await journal.park({ ...order, excused: 0 }, holder))) return;
    signals.recovered(order, "parked");
    const fields = { order_id: idOf(order), step: order.step, tries: order.tries, error: reason };
    log.error(fields, "an order was given up half done");
  };

  const rounds = createRounds(every, async (most) => {
    const holder = newKey();
    const orders = await journal.takeUp(holder, most);
    // What fails is left as it was written last, and taken up again when its lease is over.
    return orders.map((order) => takeOn(order, holder));
  });
  return {
    ready: () => true,
    watch: () => {},
    /** Takes up nothing more, and waits for what is under way. */
    async close() {
      await rounds.close();
      await tidy.rest();
    },
  };
}

/** How often it was tried in vain, but for the times that a peer was away. */
const triesOf = ({ tries, excused = 0 }: Order): number => tries - excused;
