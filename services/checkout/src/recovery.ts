import type { Dependency } from "@boutique/runtime/start";
import type { Journal } from "./journal.ts";
import { idOf, type Order } from "./order.ts";
import { createRounds } from "./rounds.ts";
import type { createSettlement, Surroundings } from "./settlement.ts";
import { type createTidying, isTidy } from "./tidying.ts";

const LOOK_EVERY_MS = 500;

/** After so many tries, ten minutes and more, somebody has to look at it. */
const MOST_TRIES = 60;
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
    const settled = await settle(order, holder);
    if ("nothing" in settled) return signals.recovered(order, "undone");
    if ("unfinished" in settled) return later(settled.left, holder, settled.unfinished);
    const { certain } = settled;
    if (order.step !== certain.step) signals.recovered(order, certain.step === "confirmed" ? "finished" : "undone");
    if (certain.step !== "confirmed") return;
    const left = await tidy.now(certain, holder, order.step !== "confirmed");
    if (!isTidy(left)) await later(left, holder, "the cart or the letter");
  };

  const later = async (order: Order, holder: string, reason: unknown): Promise<void> => {
    const tries = order.tries + 1;
    const next = { ...order, tries };
    const onlyLetter = order.step === "confirmed" && order.emptied;
    if (onlyLetter && tries >= MOST_TRIES_FOR_A_LETTER) {
      await journal.close({ ...next, bill: { ...order.bill, email: "" } }, holder);
    } else if (tries < MOST_TRIES) {
      await journal.write(next, holder, Math.min(LOOK_EVERY_MS * 2 ** order.tries, LONGEST_PAUSE_MS));
    } else {
      await journal.close(next, holder);
      signals.recovered(order, "parked");
      log.error({ order_id: idOf(order), step: order.step, tries, error: reason }, "an order was given up half done");
    }
  };

  const rounds = createRounds(every, async (most) => {
    const holder = newKey();
    const orders = await journal.takeUp(holder, most);
    return orders.map((order) => takeOn(order, holder).catch((error) => later(order, holder, error)));
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
