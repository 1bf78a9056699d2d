import { availableParallelism, hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import { ownVersion } from "../command/manifest.ts";
import { runShare } from "../load/engine.ts";
import { type ShiftOptions, workShift } from "./shift.ts";
import { PROTOCOL, SILENCE_MS } from "./wire.ts";

/** What a worker is told. */
export interface WorkerOptions {
  /** Where its collector is. */
  readonly host: string;
  readonly port: number;
  /** How it is called in results; by its machine and process when nothing is said. */
  readonly name?: string;
  /** What the collector wants to be shown. */
  readonly token?: string | undefined;
  /** Ends its life, after what was begun is finished and told. */
  readonly signal?: AbortSignal;
  /** Whether it looks for its collector again when that is gone, as it does if nothing is said. */
  readonly stay?: boolean;
  /** Told what happens to it, a line at a time. */
  readonly say?: (words: string) => void;
  /** What does the work: the engine. */
  readonly run?: ShiftOptions["run"];
  /** Milliseconds since the epoch, by the clock that `run` goes by. */
  readonly now?: () => number;
  /** After how many milliseconds without a word its collector counts as gone: 5,000 if nothing is said. */
  readonly silence?: number;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/**
 * A worker's life: it joins its collector, works on the shares that it gets, and joins again when the collector is
 * gone. Resolves when it is told to end (without `stay` also when the collector is gone); rejects, with words, when it
 * is refused.
 */
export async function work({
  host,
  port,
  name = `${hostname()}-${process.pid}`,
  token,
  signal = new AbortController().signal,
  stay = true,
  say = () => {},
  run = runShare,
  now = Date.now,
  silence = SILENCE_MS,
}: WorkerOptions): Promise<void> {
  const address = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const hello = { protocol: PROTOCOL, name, machine: hostname(), cores: availableParallelism(), version: ownVersion };
  let pause = FIRST_PAUSE_MS;
  let missed = false;
  while (!signal.aborted) {
    const { met, refused } = await workShift({ address, token, hello, signal, run, now, silence, say });
    if (refused !== undefined) throw new Error(refused);
    if (!stay || signal.aborted) return;
    if (met || !missed) say(`no collector at ${address}: looking for it until it is there`);
    missed = true;
    pause = met ? FIRST_PAUSE_MS : Math.min(2 * pause, LONGEST_PAUSE_MS);
    await setTimeout(pause, undefined, { signal }).catch(() => {});
  }
}
