import { type EventEmitter, once } from "node:events";
import type { Member } from "./crew.ts";

/** Whom an order waits for. */
export interface Muster {
  readonly expect: number;
  readonly members: () => readonly Member[];
  /** Emits "change" when somebody has come. */
  readonly changed: EventEmitter;
  /** Told who is missing, each 10 s. */
  readonly waiting: (words: string) => void;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Where they are to join. */
  readonly where: string;
}

const REMINDER_MS = 10_000;

/** Resolves once as many have joined as are expected; rejects when nobody waits for them any more. */
export async function muster({ expect, members, changed, waiting, signal, where }: Muster): Promise<void> {
  const remind = () => {
    const here = members().map(({ worker }) => worker);
    const words =
      here.length > 0
        ? `${here.length} of ${expect} workers have joined (${here.join(", ")})`
        : `none of ${expect} workers has joined`;
    waiting(`${words}: waiting for the others on ${where}`);
  };
  const reminder = setInterval(remind, REMINDER_MS);
  try {
    while (members().length < expect) await once(changed, "change", { signal });
  } catch {
    throw new Error(`stopped while ${members().length} of ${expect} workers had joined: nothing was measured`);
  } finally {
    clearInterval(reminder);
  }
}
