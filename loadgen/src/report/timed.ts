import type { Plan } from "../plan/plan.ts";
import type { Point } from "../results/result.ts";
import type { Axis } from "./axis.ts";
import type { Clock } from "./clock-axis.ts";
import { areaOf, labelsOf, type Place, pathOf } from "./lines.ts";
import { type Markup, markup } from "./markup.ts";
import { type Colour, fill } from "./palette.ts";
import type { Format } from "./picture.ts";

/** A run over its time; the plan gives the stages, the warm-up and the limits. */
export interface Timed {
  readonly series: readonly Point[];
  readonly plan?: Plan | undefined;
  /** What was found when. */
  readonly moments?: readonly { readonly second: number; readonly words: string }[];
}

/** How long it was. */
export const secondsOf = (series: readonly Point[]) => series.at(-1)?.second ?? 1;

/** A line of a chart: what it shows of a point, or nothing. */
export interface Line {
  readonly words: string;
  readonly colour: Colour;
  readonly of: (point: Point) => number | undefined;
  readonly filled?: boolean;
}

/** Lines on a clock, named at their ends. */
export function linesOf(
  lines: readonly Line[],
  series: readonly Point[],
  clock: Clock,
  axis: Axis,
  top: number,
  bottom: number,
) {
  const drawn = lines.map(({ colour, of, filled, words }) => {
    const places = series.map((point): Place => {
      const value = of(point);
      return [clock.x(point.second), value === undefined ? undefined : axis.y(value)];
    });
    const end = places.findLast(([, y]) => y !== undefined)?.[1] ?? bottom;
    const content = markup`${filled && areaOf(places, bottom, colour)}${pathOf(places, colour)}`;
    return { content, label: { words, colour, y: end } };
  });
  return markup`${drawn.map(({ content }) => content)}${labelsOf(
    drawn.map(({ label }) => label),
    clock.to,
    top + 4,
    bottom - 4,
  )}`;
}

/** What a panel shows, above it. */
export const heading = (words: string, y: number, format: Format): Markup =>
  markup`<text x="${format.left}" y="${y}" font-size="11" font-weight="600" ${fill("soft")}>${words}</text>`;
