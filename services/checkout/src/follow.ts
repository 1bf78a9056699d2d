import { setTimeout as sleep } from "node:timers/promises";
import type { Money } from "@boutique/money/money";
import { currentContext } from "@boutique/rpc/context";
import { checkRepeated } from "./expected.ts";
import type { Journal } from "./journal.ts";
import { answerOf, notSettled } from "./order.ts";

const LOOK_EVERY_MS = 50;
const LONGEST_MS = 10_000;
/** What the answer needs on its way, and the last look before it. */
const MARGIN_MS = 1_000;
/** So many wait at once: each holds a turn that others could use. */
const MOST = 20;

let following = 0;

/**
 * Waits for the answer to an order that somebody else is settling, for as long as who asks has time, and refuses one that
 * came to another total than they were told. Undefined once nothing came of the order, so that it can be begun anew.
 */
export async function follow(journal: Journal, orderId: string, expected: Money | null) {
  following += 1;
  try {
    return await wait(journal, orderId, expected);
  } finally {
    following -= 1;
  }
}

async function wait(journal: Journal, orderId: string, expected: Money | null) {
  const { deadline = Number.POSITIVE_INFINITY, signal } = currentContext() ?? {};
  const end = Math.min(deadline - MARGIN_MS, Date.now() + LONGEST_MS);
  for (;;) {
    const found = await journal.find(orderId).catch(() => "away" as const);
    if (!found) return undefined;
    if (found !== "away") {
      checkRepeated(found, expected);
      const answer = answerOf(found);
      if (answer) return answer;
    }
    if (Date.now() + LOOK_EVERY_MS > end || signal?.aborted || following > MOST) throw notSettled(orderId);
    await sleep(LOOK_EVERY_MS);
  }
}
