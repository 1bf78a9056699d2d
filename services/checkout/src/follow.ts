import { setTimeout as sleep } from "node:timers/promises";
import { currentContext } from "@boutique/rpc/context";
import { RpcError } from "@boutique/rpc/error";
import type { Journal } from "./journal.ts";
import { answerOf, notSettled } from "./order.ts";
import type { Signals } from "./signals.ts";

const LOOK_EVERY_MS = 50;
const LONGEST_MS = 10_000;
/** What the answer needs on its way, and the last look before it. */
const MARGIN_MS = 1_000;
/** So many wait at once: each holds a turn that others could use. */
const MOST = 20;

let following = 0;

/**
 * Waits for the answer to an order that somebody else is settling, for as long as who asks has time. `signals` are told
 * where it was asked for again.
 */
export async function follow(journal: Journal, orderId: string, signals?: Pick<Signals, "repeated">) {
  signals?.repeated();
  following += 1;
  try {
    return await wait(journal, orderId);
  } finally {
    following -= 1;
  }
}

async function wait(journal: Journal, orderId: string) {
  const { deadline = Number.POSITIVE_INFINITY, signal } = currentContext() ?? {};
  const end = Math.min(deadline - MARGIN_MS, Date.now() + LONGEST_MS);
  for (;;) {
    const found = await journal.find(orderId).catch(() => "away" as const);
    if (!found) throw new RpcError("UNAVAILABLE", "nothing was charged: the order was broken off");
    const answer = found !== "away" && answerOf(found);
    if (answer) return answer;
    if (Date.now() + LOOK_EVERY_MS > end || signal?.aborted || following > MOST) throw notSettled(orderId);
    await sleep(LOOK_EVERY_MS);
  }
}
