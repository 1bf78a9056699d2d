import { setTimeout } from "node:timers/promises";
import { build } from "hdr-histogram-js";
import type { Order, Share, Work } from "../../src/crew/crew.ts";
import type { Interval } from "../../src/load/interval.ts";
import { durationOf, levelAt, shareOf } from "../../src/load/level.ts";

const STEP_MS = 100;

/**
 * Stands in for the engine: each of its users asks the shop once in every tenth of a second, and an interval is told
 * of it.
 */
export const standIn = createStandIn(Date.now);

/** The same, by another clock. */
export function createStandIn(now: () => number) {
  return (share: Share, tell: (interval: Interval) => void): Work => begin(share, tell, now);
}

function begin(
  { plan, host, worker, index, of, startAt }: Share,
  tell: (interval: Interval) => void,
  now: () => number,
): Work {
  const ended = new AbortController();
  const ask = async (): Promise<number> => {
    const begun = performance.now();
    await fetch(host);
    return Math.round((performance.now() - begun) * 1_000);
  };
  const interval = async (second: number): Promise<void> => {
    const users = shareOf(levelAt(plan, second) ?? 0, index, of);
    const answers = await Promise.allSettled(Array.from({ length: users }, ask));
    const ok = build();
    const failed = build();
    for (const answer of answers) {
      if (answer.status === "fulfilled") ok.recordValue(answer.value);
      else failed.recordValue(1);
    }
    const errors = failed.totalCount > 0 ? { "no answer": failed.totalCount } : {};
    const route = { method: "GET", name: "/", ok, failed, bytes: 2 * ok.totalCount, errors };
    const self = { cpu: 0.1, machine: 0.2, loopP99: 1, loopMax: 2, lateP99: 3, rss: 50 };
    tell({ worker, second, length: STEP_MS / 1_000, users, waiting: 0, routes: [route], self });
  };
  const life = async (): Promise<void> => {
    const steps = (durationOf(plan) * 1_000) / STEP_MS;
    await setTimeout(startAt - now(), undefined, { signal: ended.signal }).catch(() => {});
    for (let step = 0; step < steps && !ended.signal.aborted; step += 1) {
      const begun = performance.now();
      await interval((step * STEP_MS) / 1_000);
      await setTimeout(Math.max(0, STEP_MS - (performance.now() - begun)));
    }
  };
  return { done: life(), stop: () => ended.abort() };
}

/** An order of so many users from the start on, for so many seconds. */
export const orderOf = (host: string, users: number, seconds: number): Order => ({
  host,
  plan: {
    name: "test",
    about: "A test.",
    profile: "browse",
    model: "users",
    stages: [
      { name: "jump", to: users, over: 0 },
      { name: "hold", to: users, over: seconds },
    ],
    wait: [0, 0],
    warmUp: 0,
    objectives: {},
    find: [],
    seed: 1,
  },
});
