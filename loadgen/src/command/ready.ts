import { setTimeout as sleep } from "node:timers/promises";
import { failureWords } from "../shoppers/failure-words.ts";

const ANSWER_WITHIN = 10_000;

export interface Patience {
  /** How often it is asked, and how many seconds lie between. */
  readonly tries: number;
  readonly apart: number;
  /** Told what the first answer was, and that it waits. */
  readonly say: (words: string) => void;
  readonly signal: AbortSignal;
}

/** How often to ask, so many seconds apart, before somebody who waits for so many seconds gives up. */
export const triesIn = (seconds: number, apart: number): number => 1 + Math.ceil(seconds / apart);

/**
 * Waits until the shop shows a page: load on a shop that starts is failures that say nothing of it. Resolves to what
 * seems odd about the page, in words, if anything; throws an Error with the last answer when it never did.
 */
export async function waitForShop(host: string, { tries, apart, say, signal }: Patience): Promise<string | undefined> {
  for (let tried = 1; ; tried += 1) {
    const { problem, oddity } = await look(host, signal);
    if (signal.aborted) throw new Error("stopped before the shop was there: nothing was measured");
    if (problem === undefined) return oddity;
    if (tried === tries)
      throw new Error(`no shop at ${host}: ${problem}. Is it started (npm start), and is --host right?`);
    if (tried === 1) say(`waiting for the shop at ${host}: ${problem} (asking ${tries} times, ${apart} s apart)`);
    await sleep(apart * 1_000, undefined, { signal }).catch(() => {});
  }
}

async function look(host: string, signal: AbortSignal): Promise<{ problem?: string; oddity?: string }> {
  try {
    const late = AbortSignal.timeout(ANSWER_WITHIN);
    const answer = await fetch(`${host}/`, { signal: AbortSignal.any([signal, late]) });
    const page = await answer.text();
    if (answer.status !== 200) return { problem: `GET / answers ${answer.status}` };
    const kind = answer.headers.get("content-type") ?? "without a type";
    if (!kind.startsWith("text/html")) return { problem: `GET / answers ${kind}, not a page: this is no shop` };
    return page.includes("/product/") ? {} : { oddity: `the page at ${host}/ shows no products: is it the shop's?` };
  } catch (error) {
    return { problem: reasonOf(error as Error) };
  }
}

/** Why a request had no answer, in words. */
function reasonOf(error: Error): string {
  if (error.name === "TimeoutError") return `no answer within ${ANSWER_WITHIN / 1_000} s`;
  return failureWords((error.cause ?? error) as Error);
}
