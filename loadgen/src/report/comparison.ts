import { type Configuration, differences, figures, nameOf, spreadWords } from "../results/compare.ts";
import { count } from "../results/spoken.ts";
import { outcomeOf } from "../results/verdict.ts";
import { configurationsChart } from "./configurations-chart.ts";
import { figuresOf } from "./figures.ts";
import { type Markup, markup } from "./markup.ts";
import { percentileChart } from "./percentile-chart.ts";
import { formats } from "./picture.ts";
import { table } from "./tables.ts";

/** Several results: side by side, with the spread of repeats, and what differs in words. */
export function comparison(configurations: readonly Configuration[]): Markup {
  const [first, ...others] = configurations;
  if (!first) return markup``;
  const runs = configurations.reduce((sum, { results }) => sum + results.length, 0);
  const doubtful = configurations.flatMap(({ results }) => results).filter((result) => outcomeOf(result) === "invalid");
  return markup`<article>
<header>
<p class="over">Load tests compared</p>
<h1>${others.length > 0 ? `${count(configurations.length)} configurations, ${count(runs)} runs` : `${first.name}: ${count(runs)} repeats`}</h1>
${doubtful.length > 0 && markup`<ul class="reasons"><li>${count(doubtful.length)} of the runs are invalid: see below why, and do not draw conclusions from them.</li></ul>`}
</header>
${others.map(
  (other) => markup`<h2>${first.name} → ${other.name}</h2>
<ul class="findings">${differences(first, other).map((words) => markup`<li>${words}</li>`)}</ul>`,
)}
<h2>Side by side</h2>
${figuresOf((width) => [
  configurationsChart(configurations, formats[width]),
  percentileChart(configurations, formats[width]),
])}
${table(
  ["Median, and from least to most", ...configurations.map(({ name }) => name)],
  [
    ["runs", ...configurations.map(({ results }) => count(results.length))],
    ...figures.map((figure) => [
      nameOf(figure),
      ...configurations.map((configuration) => spreadWords(figure, configuration.figures[figure])),
    ]),
  ],
)}
</article>`;
}
