import { scaleLinear, scaleLog } from "d3-scale";
import { count, milliseconds } from "../results/spoken.ts";
import { type Markup, markup } from "./markup.ts";
import { fill, stroke } from "./palette.ts";

/** A vertical axis: where a value is, in pixels. */
export interface Axis {
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
  readonly log: boolean;
}

/** From 0 to a round number above the most. */
export function linearAxis(most: number, top: number, bottom: number, wanted = 4): Axis {
  const scale = scaleLinear([0, most > 0 ? most : 1], [bottom, top]).nice(wanted);
  return { y: (value) => scale(value), ticks: scale.ticks(wanted), log: false };
}

/** Beyond this spread, what is small would lie flat on a linear axis. */
const WIDE_SPREAD = 20;

/** An axis of latencies: logarithmic where their spread asks for it, with ticks at 1, 2 and 5 times powers of ten. */
export function latencyAxis(values: readonly number[], top: number, bottom: number): Axis {
  const positive = values.filter((value) => value > 0);
  const most = Math.max(0, ...positive);
  const least = Math.min(most, ...positive);
  if (positive.length === 0 || most / least < WIDE_SPREAD) return linearAxis(most, top, bottom);
  const scale = scaleLog([least * 0.9, most * 1.1], [bottom, top]);
  return { y: (value) => scale(Math.max(value, least * 0.9)), ticks: logTicks(least * 0.9, most * 1.1), log: true };
}

/** Round numbers between two, few enough to be read. */
export function logTicks(least: number, most: number): readonly number[] {
  const of = (steps: readonly number[]) => {
    const ticks: number[] = [];
    for (let power = Math.floor(Math.log10(least)); 10 ** power <= most; power += 1)
      for (const step of steps) ticks.push(step * 10 ** power);
    return ticks.filter((tick) => tick >= least && tick <= most);
  };
  const fine = of([1, 2, 5]);
  if (fine.length <= 7) return fine;
  const coarse = of([1, 3]);
  return coarse.length <= 8 ? coarse : of([1]);
}

/** Lines across a panel at each tick, with what they stand for at the left. */
export function gridOf(axis: Axis, from: number, to: number, say: (value: number) => string): Markup {
  return markup`${axis.ticks.map(
    (
      tick,
    ) => markup`<line x1="${from}" x2="${to}" y1="${axis.y(tick)}" y2="${axis.y(tick)}" stroke-width="1" ${stroke("grid")}/>
<text x="${from - 8}" y="${axis.y(tick) + 4}" text-anchor="end" ${fill("soft")}>${say(tick)}</text>`,
  )}`;
}

/** A latency at a tick: as short as can be. */
export const tickLatency = (value: number): string => (value === 0 ? "0" : milliseconds(value));

/** A plain number at a tick. */
export const tickCount = (value: number): string => (value >= 10_000 ? `${count(value / 1_000)}k` : count(value));
