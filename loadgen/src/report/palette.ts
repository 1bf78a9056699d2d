import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";

/** Colours by what they mean, on light and on dark. Blue and vermilion are told apart by all eyes. */
const colours = {
  paper: ["#ffffff", "#161a20"],
  band: ["#f3f5f7", "#1d232b"],
  grid: ["#e4e7eb", "#2b323c"],
  axis: ["#aab2bc", "#4d5763"],
  soft: ["#5b6470", "#9ca6b2"],
  ink: ["#1b2026", "#e9ecef"],
  rate: ["#1d6cb0", "#5aa7e4"],
  failure: ["#c2410c", "#f58a5b"],
  users: ["#6d7681", "#98a2ae"],
  p50: ["#78aede", "#3f78aa"],
  p95: ["#2f7dc0", "#7db8ea"],
  p99: ["#0e3e6e", "#d5eafc"],
  most: ["#a86a08", "#e2b04e"],
  first: ["#1d6cb0", "#5aa7e4"],
  second: ["#c9720a", "#efa743"],
  third: ["#0b7f63", "#3fc3a0"],
  fourth: ["#8656ae", "#bd97de"],
} as const;

/** A colour by what it means. */
export type Colour = keyof typeof colours;

/** For things of which there may be any number, in this order. */
export const distinct: readonly Colour[] = ["first", "second", "third", "fourth"];

/** A colour on light paper and on dark. */
export const shadesOf = (colour: Colour): readonly [light: string, dark: string] => colours[colour];

/** The attribute that fills with a colour. It is the light one, which any program can draw; the style knows the dark. */
export const fill = (colour: Colour): Markup => markup`fill="${colours[colour][0]}" class="lg-f-${colour}"`;

/** The attribute that draws a line in a colour. */
export const stroke = (colour: Colour): Markup =>
  markup`fill="none" stroke="${colours[colour][0]}" class="lg-s-${colour}"`;

/** The attributes of words that lie over lines: filled with a colour, with paper around them. */
export const halo = (colour: Colour): Markup =>
  markup`fill="${colours[colour][0]}" stroke="${colours.paper[0]}" stroke-width="3" stroke-linejoin="round" paint-order="stroke" class="lg-f-${colour} lg-s-paper"`;

/** The style of a picture: nothing but the dark colours. Paper stays light. */
export const style: Markup = {
  markup: `<style>@media screen and (prefers-color-scheme:dark){${Object.entries(colours)
    .map(([name, [, dark]]) => `.lg-f-${name}{fill:${dark}}.lg-s-${name}{stroke:${dark}}`)
    .join("")}}</style>`,
};
