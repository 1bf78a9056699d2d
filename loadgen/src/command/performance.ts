import type { Crew, Order } from "../crew/crew.ts";
import type { Interval } from "../load/interval.ts";
import type { Manifest, Result, ShopPoint } from "../results/result.ts";
import { openRun, type Run } from "../results/run.ts";
import type { Snapshot } from "../results/snapshot.ts";
import { machine, versionsWith } from "./manifest.ts";

/** What an order needs besides a crew. */
export interface Means {
  /** Resolves when the shop is there; rejects when it does not come, or when it is told to give up. */
  readonly ready: (host: string, signal: AbortSignal) => Promise<void>;
  /** Tells what the shop's own metrics say, from a start (milliseconds since the epoch) until it is called off. */
  readonly watch: (startAt: number, tell: (points: readonly ShopPoint[]) => void) => () => void;
  /** The command line, for the manifest. */
  readonly command: string;
  /** Told of each result, before anybody else. */
  readonly finished: (result: Result) => void;
}

/** An order that is being carried out. */
export interface Performance {
  /** How it is now; undefined before its start. */
  snapshot(): Snapshot | undefined;
  /** Rejects when it never began. */
  readonly result: Promise<Result>;
  /** Ends it early; it is reported all the same. */
  stop(): void;
}

/** What is said of an order that was called off in time. */
export const NEVER_BEGAN = "stopped before it began: nothing was measured";

/** Carries out an order: waits for the shop, lets the crew work, gathers what they tell. */
export function perform(order: Order, crew: Crew, means: Means): Performance {
  const abandoned = new AbortController();
  let ended: Manifest["ended"] = "plan";
  let run: Run | undefined;
  let known: Snapshot | undefined;
  let stopWork = () => {};

  const stop = (why: Manifest["ended"]) => {
    if (abandoned.signal.aborted) return;
    ended = why;
    abandoned.abort();
    stopWork();
  };

  const untilAbandoned = new Promise<undefined>((resolve) => {
    abandoned.signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });

  const work = async (): Promise<Result> => {
    await means.ready(order.host, abandoned.signal);
    const versions = await versionsWith(order.host);
    if (abandoned.signal.aborted) throw new Error(NEVER_BEGAN);
    // What is told before the start is known waits for the run to be opened.
    const early: ((run: Run) => void)[] = [];
    const tell = (what: (run: Run) => void) => {
      known = undefined;
      if (run) what(run);
      else early.push(what);
    };
    const add = (interval: Interval) => (own: Run) => {
      own.add(interval);
      if (own.shouldStop()) stop("stopWhen");
    };
    const listener = {
      interval: (interval: Interval) => tell(add(interval)),
      flaw: (words: string) => tell((own) => own.flaw(words)),
    };
    const beginning = crew.begin(order, listener, abandoned.signal);
    const begun = await Promise.race([beginning, untilAbandoned]);
    if (!begun) {
      // Workers may have come at that very moment, and find that there is nothing to do.
      beginning.then((late) => late.stop()).catch(() => {});
      throw new Error(NEVER_BEGAN);
    }
    const members = crew.members();
    const startedAt = new Date(begun.startAt).toISOString();
    const own = openRun({ ...order, startedAt, versions, machine, command: means.command }, members.length);
    run = own;
    for (const what of early) what(own);
    stopWork = begun.stop;
    if (abandoned.signal.aborted) stopWork();
    const unwatch = means.watch(begun.startAt, (points) => tell((shop) => shop.observe(points)));
    try {
      await begun.done;
    } catch (error) {
      own.flaw((error as Error).message);
      if (ended === "plan") ended = "stopped";
    } finally {
      unwatch();
    }
    known = own.snapshot();
    const result = own.result(ended, known.seconds, members);
    means.finished(result);
    return result;
  };

  return {
    result: work(),
    stop: () => stop("stopped"),
    snapshot() {
      known ??= run?.snapshot();
      return known;
    },
  };
}
