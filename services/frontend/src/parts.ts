import { failedWith, RpcError } from "@boutique/rpc/error";
import type { Log } from "@boutique/telemetry/log";
import type { Signals } from "./signals.ts";

/** A part of the shop that pages can make do without for a while. */
export type Part = "cart" | "catalog" | "currency" | "shipping";

/** By these a peer speaks of what it was asked, so that who asked is to blame. */
const ofTheRequest = ["INVALID_ARGUMENT", "NOT_FOUND", "ALREADY_EXISTS", "OUT_OF_RANGE"] as const;

/**
 * Whether a call failed for its peer's sake: nobody answers, or not in time, or what nobody can make sense of. Some
 * peers of other makes say FAILED_PRECONDITION when their store is away.
 */
export const isAway = (error: unknown): boolean => error instanceof RpcError && !failedWith(error, ...ofTheRequest);

/** The least between two log lines of one part: one that wavers would fill the log. */
const QUIET_MS = 1_000;

/** Watches the parts, and lets pages make do where one is away: each such page counts, each change is logged. */
export function createParts(log: Pick<Log, "info" | "warn">, signals: Signals, now: () => number = Date.now) {
  const seen = new Map<Part, { away: boolean; at: number }>();
  const note = (part: Part, away: boolean, reason = "") => {
    const last = seen.get(part) ?? { away: false, at: Number.NEGATIVE_INFINITY };
    if (last.away === away || now() < last.at + QUIET_MS) return;
    seen.set(part, { away, at: now() });
    if (away) log.warn({ part, reason }, "pages make do without a part of the shop");
    else log.info({ part }, "a part of the shop is back");
  };

  return {
    /** A call of a part, whose end says whether it is there; a shopper who hangs up says nothing. */
    async ask<T>(part: Part, call: Promise<T>): Promise<T> {
      try {
        const answer = await call;
        note(part, false);
        return answer;
      } catch (error) {
        if (isAway(error) && !failedWith(error, "CANCELLED")) note(part, true, (error as RpcError).message);
        throw error;
      }
    },

    /** What a part answers, or what a page makes do with while it is away; that may throw if there is nothing. */
    async instead<T, U>(part: Part, answer: Promise<T>, makeshift: (error: unknown) => U): Promise<T | U> {
      try {
        return await answer;
      } catch (error) {
        if (!isAway(error)) throw error;
        const made = makeshift(error);
        signals.madeDoWithout(part);
        return made;
      }
    },
  };
}

export type Parts = ReturnType<typeof createParts>;
