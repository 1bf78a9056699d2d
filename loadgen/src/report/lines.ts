import { area, line } from "d3-shape";
import { type Markup, markup } from "./markup.ts";
import { type Colour, fill, halo, stroke } from "./palette.ts";

/** A place in a picture; one without a height is a gap in its line. */
export type Place = readonly [x: number, y: number | undefined];

const tenth = (pixels: number) => Math.round(pixels * 10) / 10;
const rounded = ([x, y]: Place): Place => [tenth(x), y === undefined ? undefined : tenth(y)];

/** A line through places. */
export function pathOf(places: readonly Place[], colour: Colour, width = 1.6, dashes = ""): Markup {
  const path = line<Place>(
    ([x]) => x,
    ([, y]) => y ?? 0,
  ).defined(([, y]) => y !== undefined)(places.map(rounded));
  const dashed = dashes && markup`stroke-dasharray="${dashes}"`;
  return markup`<path d="${path ?? ""}" stroke-width="${String(width)}" stroke-linejoin="round" stroke-linecap="round" ${dashed} ${stroke(colour)}/>`;
}

/** The area between places and a height below. */
export function areaOf(places: readonly Place[], bottom: number, colour: Colour, opacity = 0.14): Markup {
  const path = area<Place>(
    ([x]) => x,
    bottom,
    ([, y]) => y ?? bottom,
  ).defined(([, y]) => y !== undefined)(places.map(rounded));
  return markup`<path d="${path ?? ""}" fill-opacity="${String(opacity)}" ${fill(colour)}/>`;
}

/** Names of lines at their right ends, moved apart where they would overlap, between two heights. */
export function labelsOf(
  labels: readonly { readonly words: string; readonly y: number; readonly colour: Colour }[],
  x: number,
  top: number,
  bottom: number,
): Markup {
  const GAP = 15;
  const sorted = labels.toSorted((a, b) => a.y - b.y);
  const heights: number[] = [];
  for (const { y } of sorted) heights.push(Math.max(y, (heights.at(-1) ?? top - GAP) + GAP));
  // Those pushed out at the bottom push back.
  let floor = bottom;
  for (let index = heights.length - 1; index >= 0; index -= 1) {
    heights[index] = Math.min(heights[index] ?? floor, floor);
    floor = (heights[index] ?? floor) - GAP;
  }
  return markup`${sorted.map(({ words, colour }, index) => {
    const y = heights[index] ?? 0;
    return markup`<line x1="${x + 5}" x2="${x + 13}" y1="${y}" y2="${y}" stroke-width="3" ${stroke(colour)}/>
<text x="${x + 17}" y="${y + 4}" ${fill("ink")}>${words}</text>`;
  })}`;
}

/** A limit across a panel that begins at `top`, with its words at the left: above it, or below where there is no room. */
export function limitOf(y: number, from: number, to: number, words: string, top: number): Markup {
  return markup`<line x1="${from}" x2="${to}" y1="${y}" y2="${y}" stroke-dasharray="5 4" ${stroke("failure")}/>
<text x="${from + 5}" y="${y - top < 18 ? y + 14 : y - 5}" font-size="11" ${halo("failure")}>${words}</text>`;
}
