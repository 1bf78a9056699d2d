import { scaleLinear } from "d3-scale";
import type { Plan } from "../plan/plan.ts";
import { spansOf } from "../results/stages.ts";
import { type Markup, markup } from "./markup.ts";
import { fill, halo, stroke } from "./palette.ts";
import { type Format, fitted } from "./picture.ts";

/** The time of a run, from left to right. */
export interface Clock {
  readonly x: (second: number) => number;
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
}

/** The clock of a run of so many seconds in a format. */
export function clockOf({ width, left, right }: Format, seconds: number): Clock {
  const [from, to] = [left, width - right];
  const scale = scaleLinear([0, Math.max(1, seconds)], [from, to]);
  return { x: (second) => scale(Math.min(second, Math.max(1, seconds))), from, to, seconds: Math.max(1, seconds) };
}

const MINUTE = 60;
const HOUR = 3_600;
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 12 * HOUR];

/** The axis below the panels: seconds, or minutes and seconds, or hours and minutes. */
export function clockAxis({ x, from, to, seconds }: Clock, y: number): Markup {
  const room = Math.max(2, Math.floor((to - from) / 74));
  const step = steps.find((step) => seconds / step <= room) ?? 24 * HOUR;
  const ticks = Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step);
  const two = (value: number) => String(value).padStart(2, "0");
  const say = (second: number) => {
    if (seconds < 2 * MINUTE) return `${second} s`;
    if (seconds < 2 * HOUR) return `${Math.floor(second / MINUTE)}:${two(second % MINUTE)}`;
    return `${Math.floor(second / HOUR)} h${second % HOUR ? ` ${two((second % HOUR) / MINUTE)}` : ""}`;
  };
  return markup`<line x1="${from}" x2="${to}" y1="${y}" y2="${y}" ${stroke("axis")}/>
${ticks.map(
  (tick) => markup`<line x1="${x(tick)}" x2="${x(tick)}" y1="${y}" y2="${y + 4}" ${stroke("axis")}/>
<text x="${x(tick)}" y="${y + 18}" text-anchor="middle" ${fill("soft")}>${say(tick)}</text>`,
)}`;
}

/** The stages of a plan as bands behind a panel, every other one shaded, with their names above or else with words at the dotted line that ends the warm-up. */
export function bandsOf(
  plan: Plan | undefined,
  { x, seconds }: Clock,
  top: number,
  bottom: number,
  named: boolean,
): Markup {
  if (!plan) return markup``;
  const bands = spansOf(plan).filter(({ from, to }) => to > from && from < seconds);
  const shades = bands.map(({ from, to, name }, index) => {
    const [left, right] = [x(from), x(to)];
    const label = fitted(name, right - left - 8);
    return markup`${index % 2 === 1 && markup`<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" ${fill("band")}/>`}
${named && right - left > 30 && markup`<text x="${left + 4}" y="${top - 5}" font-size="11" ${fill("soft")}>${label}</text>`}`;
  });
  const warm = plan.warmUp > 0 && plan.warmUp < seconds;
  return markup`${shades}${
    warm &&
    markup`<line x1="${x(plan.warmUp)}" x2="${x(plan.warmUp)}" y1="${top}" y2="${bottom}" stroke-dasharray="2 3" ${stroke("soft")}/>
${!named && markup`<text x="${x(plan.warmUp) + 4}" y="${top + 11}" font-size="11" ${halo("soft")}>warm-up ends</text>`}`
  }`;
}

/** A moment that something was found at: a line through a panel, with its words at the top. */
export function momentAt({ x, from, to }: Clock, second: number, words: string, top: number, bottom: number): Markup {
  const at = x(second);
  const left = at > (from + to) / 2;
  return markup`<line x1="${at}" x2="${at}" y1="${top}" y2="${bottom}" stroke-width="1.2" ${stroke("most")}/>
<text x="${left ? at - 5 : at + 5}" y="${top + 11}" font-size="11" font-weight="600" text-anchor="${left ? "end" : "start"}" ${halo("most")}>${words}</text>`;
}
