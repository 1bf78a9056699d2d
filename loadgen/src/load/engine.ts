import { setTimeout as nap } from "node:timers/promises";
import type { Share, Work } from "../crew/crew.ts";
import { profiles } from "../shoppers/profiles.ts";
import { createShoppers } from "../shoppers/shopper.ts";
import { createWaiting } from "../shoppers/waiting.ts";
import { arrive } from "./arrivals.ts";
import type { Interval } from "./interval.ts";
import { durationOf } from "./level.ts";
import { populate } from "./population.ts";
import { createRecorder } from "./recorder.ts";
import type { Model, Scene } from "./scene.ts";
import { watchSelf } from "./self.ts";

const SECOND_MS = 1_000;
/** A timer that is longer goes off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** How long an answer may take when the plan does not say, seconds. */
const PATIENCE = 10;

/**
 * Does one worker's share of an order, from the common start on, and tells of it about once a second, the last time
 * when all is over. At the plan's end, or after a stop, nothing is sent any more, and what waits for an answer gets it or
 * runs out of time. A shop that is down makes failures; only an order that cannot be worked on rejects.
 */
export function runShare(share: Share, tell: (interval: Interval) => void): Work {
  const stopping = new AbortController();
  return { done: work(share, tell, stopping.signal), stop: () => stopping.abort() };
}

async function work(share: Share, tell: (interval: Interval) => void, stopped: AbortSignal): Promise<void> {
  const { plan, host, worker, startAt } = share;
  if (!/^https?:$/.test(URL.parse(host)?.protocol ?? "")) {
    throw new Error(`host ${host}: a URL such as http://127.0.0.1:8080 is wanted`);
  }
  // The wall clock is asked once: from here on the time goes on evenly, whoever sets the clock.
  const began = performance.now() + startAt - Date.now();
  const second = () => (performance.now() - began) / SECOND_MS;
  await sleep(startAt - Date.now(), stopped);

  const patience = plan.timeout ?? PATIENCE;
  const waiting = createWaiting(patience);
  const recorder = createRecorder();
  const self = watchSelf();
  const ended = Promise.withResolvers<void>();
  let ending = false;
  let underWay = 0;
  const over = () => void (ending && underWay === 0 && ended.resolve());

  const profile = profiles[plan.profile];
  const shopper = createShoppers(profile, {
    host,
    waiting,
    checks: plan.checks ?? "body",
    tell: ({ method, name }, latency, bytes, problem) => recorder.record(method, name, latency, bytes, problem),
    ending: () => ending,
  });
  const scene: Scene = {
    profile,
    patience,
    recorder,
    shopper,
    second,
    late: self.late,
    underWay(work) {
      underWay += 1;
      work.then(() => {
        underWay -= 1;
        over();
      }, ended.reject);
    },
  };
  const model: Model = plan.model === "users" ? populate(share, scene) : arrive(share, scene);
  const end = () => {
    ending = true;
    model.stop();
    if (plan.stopTimeout !== undefined) waiting.cutIn(plan.stopTimeout);
    over();
  };

  let told = 0;
  const report = () => {
    const now = second();
    const figures = { worker, second: now, length: now - told, users: model.users(), waiting: waiting.size };
    told = now;
    tell({ ...figures, routes: recorder.take(), self: self.take() });
  };
  const beat = () => {
    report();
    ticking = setTimeout(beat, SECOND_MS * (Math.round(second()) + 1 - second()));
  };
  let ticking = setTimeout(beat, SECOND_MS);

  void sleep((durationOf(plan) - second()) * SECOND_MS, stopped).then(end);
  try {
    await ended.promise;
    report();
  } finally {
    end();
    clearTimeout(ticking);
    waiting.close();
    self.close();
    model.close();
  }
}

/** Waits, for ever if need be, or until it is stopped. */
async function sleep(milliseconds: number, stopped: AbortSignal): Promise<void> {
  const woken = performance.now() + milliseconds;
  for (let left = milliseconds; left > 0 && !stopped.aborted; left = woken - performance.now()) {
    await nap(Math.min(left, LONGEST_TIMER_MS), undefined, { signal: stopped }).catch(() => {});
  }
}
