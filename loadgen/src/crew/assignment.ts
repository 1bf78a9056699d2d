import { ownVersion } from "../command/manifest.ts";
import type { Interval } from "../load/interval.ts";
import { type ClockFigures, drifted, unsure } from "./clock.ts";
import type { CrewListener, Order, Work } from "./crew.ts";
import { type Enlisted, plain } from "./enlist.ts";
import { unpacked } from "./intervals.ts";
import { orderText } from "./orders.ts";
import type { FromWorker, WireInterval } from "./wire.ts";

/** An order under way. */
export interface Assignment extends Work {
  readonly startAt: number;
  /** A worker said something: of others than its own, it takes no notice. */
  said(worker: Enlisted, message: FromWorker): void;
  gone(worker: Enlisted): void;
}

/** How long from the order to the common start, milliseconds, at least. */
const AHEAD_MS = 1_000;

/** How long those who were stopped may take to finish what they began, besides the time that an answer may take. */
const PATIENCE_MS = 20_000;

/** The longest that an answer may take where the plan does not say, seconds. */
const LONGEST_ANSWER = 10;

interface Part {
  readonly index: number;
  readonly clock: ClockFigures;
  readonly drift: { told: boolean };
}

/** Gives everyone a share of an order, and follows what becomes of it until all are done, or gone. */
export function assign(
  order: Order,
  workers: readonly Enlisted[],
  listener: CrewListener,
  now: () => number,
): Assignment {
  const of = workers.length;
  const clocks = workers.map((worker) => worker.member().clock ?? { ahead: 0, within: Number.POSITIVE_INFINITY });
  // A message that is late by the longest round trip still comes before the start.
  const startAt = now() + AHEAD_MS + 2 * Math.max(...clocks.map(({ within }) => within));
  const parts = new Map<Enlisted, Part>();
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  // Who does not listen is not to be brought down by a run that could not go on.
  done.catch(() => {});
  let patience: NodeJS.Timeout | undefined;
  let finished = 0;

  const text = orderText(order);
  workers.forEach((worker, index) => {
    const clock = clocks[index] as ClockFigures;
    parts.set(worker, { index, clock, drift: { told: false } });
    for (const words of [unsure(worker.name, clock), foreign(worker)]) if (words) listener.flaw(words);
    worker.send({ share: { order: text, index, of, startAt: startAt + clock.ahead, worker: worker.name } });
  });

  const second = () => `${Math.max(0, Math.round((now() - startAt) / 1_000))} s`;
  const leave = (worker: Enlisted, how: string) => {
    const part = parts.get(worker);
    if (!part) return;
    parts.delete(worker);
    const { name, machine } = worker;
    const missing = `its share of ${part.index + 1}/${of} is missing from then on`;
    listener.flaw(`worker ${name} on ${machine} ${how}: ${missing}`);
    if (parts.size > 0) return;
    clearTimeout(patience);
    if (finished > 0) resolve();
    else reject(new Error(`all workers were lost: the run ended after ${second()}`));
  };
  const finish = (worker: Enlisted, early: string) => {
    if (early) return leave(worker, `ended after ${second()} (${plain(early)})`);
    finished += 1;
    parts.delete(worker);
    if (parts.size > 0) return;
    clearTimeout(patience);
    resolve();
  };
  const take = (worker: Enlisted, figures: WireInterval) => {
    const interval = readable(worker.name, figures);
    if (interval) return listener.interval(interval);
    listener.flaw(`worker ${worker.name} sent figures that cannot be read`);
    worker.dismiss();
  };
  const watchClock = (worker: Enlisted, { clock, drift }: Part) => {
    const words = !drift.told && drifted(worker.name, clock, worker.member().clock ?? clock);
    if (!words) return;
    drift.told = true;
    listener.flaw(words);
  };

  return {
    startAt,
    done,
    said(worker, { interval, over, flaw, pong }) {
      const part = parts.get(worker);
      if (!part) return;
      if (interval) take(worker, interval);
      if (flaw) listener.flaw(`worker ${worker.name}: ${plain(flaw.words)}`);
      if (pong) watchClock(worker, part);
      if (over) finish(worker, over.early);
    },
    gone: (worker) => leave(worker, `was lost after ${second()}`),
    stop() {
      for (const worker of parts.keys()) worker.send({ stop: {} });
      patience ??= setTimeout(
        () => {
          // Whoever does not end is sent away, and so ends its load.
          for (const worker of [...parts.keys()]) worker.dismiss();
        },
        PATIENCE_MS + (order.plan.timeout ?? LONGEST_ANSWER) * 1_000,
      );
      patience.unref();
    },
  };
}

/** What is to be said of a worker that may do other things than we think. */
function foreign({ name, version }: Enlisted): string | undefined {
  if (version === ownVersion) return undefined;
  return `worker ${name} is version ${version} of the load generator, its collector ${ownVersion}: they may not do the same`;
}

function readable(worker: string, figures: WireInterval): Interval | undefined {
  try {
    return unpacked(worker, figures);
  } catch {
    return undefined;
  }
}
