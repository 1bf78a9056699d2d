import { type Markup, markup } from "./markup.ts";
import type { Chart, Width } from "./picture.ts";

/** Pictures on a page, each drawn twice: for a page and for a telephone, of which one is shown. */
export function figuresOf(draw: (width: Width) => readonly Chart[]): Markup {
  const narrow = draw("narrow");
  return markup`${draw("wide").map(
    ({ name, svg }, index) => markup`<figure data-name="${name}">
<div class="wide">${{ markup: svg }}</div>
<div class="narrow">${{ markup: narrow[index]?.svg ?? "" }}</div>
</figure>`,
  )}`;
}
