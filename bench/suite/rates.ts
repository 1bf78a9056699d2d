import { machine, versionsWith } from "@boutique/loadgen/command/manifest";
import { createOwnCrew } from "@boutique/loadgen/load/alone";
import { planOf } from "@boutique/loadgen/plan/plan-file";
import { openRun } from "@boutique/loadgen/results/run";
import type { MeasuredShop } from "./shop.ts";

/** The mix at a rate that does not wait for answers. */
export interface RateFigures {
  /** Requests per second: what was wanted, and what came of it. */
  readonly wanted: number;
  readonly rate: number;
  /** Milliseconds, from when a request was due. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly failed: number;
  /** CPU milliseconds per request, of the shop by process and of all, and of the load generator. */
  readonly cpu: Readonly<Record<string, number>>;
  readonly total: number;
  readonly generator: number;
}

/** Of 19 tasks of the mix, 4 ask for another page first or are an order of three: 23 requests. */
export const REQUESTS_PER_TASK = 23 / 19;

/** Sends the mix of the original's load at so many requests a second, for so many seconds. */
export async function measureRate(shop: MeasuredShop, wanted: number, seconds: number, seed = 1): Promise<RateFigures> {
  const plan = planOf({ rate: wanted / REQUESTS_PER_TASK, runTime: seconds, seed });
  const crew = createOwnCrew();
  const startedAt = new Date().toISOString();
  const versions = await versionsWith(shop.url);
  const run = openRun({ plan, host: shop.url, startedAt, versions, machine, command: "npm run bench" });
  const before = shop.cpu();
  const own = process.cpuUsage();
  const work = await crew.begin({ plan, host: shop.url }, { interval: run.add, flaw: run.flaw });
  await work.done;
  const used = process.cpuUsage(own);
  const after = shop.cpu();
  await crew.close();
  const { total } = run.result("plan", seconds, []);
  const cpu = Object.fromEntries(
    [...after].map(([name, now]) => [name, ((now - (before.get(name) ?? 0)) * 1_000) / total.requests]),
  );
  return {
    wanted,
    rate: total.rate,
    p50: total.percentiles["50"] ?? 0,
    p95: total.percentiles["95"] ?? 0,
    p99: total.percentiles["99"] ?? 0,
    max: total.max,
    failed: total.failures,
    cpu,
    total: Object.values(cpu).reduce((sum, ms) => sum + ms, 0),
    generator: (used.user + used.system) / 1_000 / total.requests,
  };
}

const FIRST = 400;
const GROWTH = 1.25;
const P99_MS = 400;
const HOLD_S = 4;
const NEARER = 2;

/**
 * The most requests a second with a p99 below 400 ms and no failure: a quarter more each time until it is too much, then
 * between the two, twice. All rates that were tried, in order.
 */
export async function findCeiling(shop: MeasuredShop, first = FIRST): Promise<RateFigures[]> {
  const tried: RateFigures[] = [];
  const tryRate = async (rate: number) => {
    const figures = await measureRate(shop, rate, HOLD_S, tried.length + 1);
    tried.push(figures);
    // What piled up is gone before the next.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return held(figures);
  };
  let good = 0;
  let bad = first;
  while (await tryRate(bad)) {
    good = bad;
    bad = Math.round(bad * GROWTH);
  }
  for (let time = 0; time < NEARER && good > 0; time++) {
    const middle = Math.round((good + bad) / 2);
    if (await tryRate(middle)) good = middle;
    else bad = middle;
  }
  return tried;
}

const held = ({ wanted, rate, p99, failed }: RateFigures) => failed === 0 && p99 < P99_MS && rate > 0.95 * wanted;

/** The highest rate of some that held, requests per second; 0 when none did. */
export const ceilingOf = (tried: readonly RateFigures[]): number =>
  Math.max(0, ...tried.filter(held).map(({ rate }) => rate));
