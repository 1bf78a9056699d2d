import { type Configuration, figureOf } from "../results/compare.ts";
import { percent } from "../results/spoken.ts";
import { gridOf, latencyAxis, linearAxis, tickLatency } from "./axis.ts";
import { type Markup, markup } from "./markup.ts";
import { type Colour, fill, stroke } from "./palette.ts";
import { type Chart, type Format, fitted, picture } from "./picture.ts";

const marks = [
  { figure: "p50", words: "median", colour: "p50" },
  { figure: "p95", words: "p95", colour: "p95" },
  { figure: "p99", words: "p99", colour: "p99" },
  { figure: "average", words: "average", colour: "third" },
  { figure: "most", words: "slowest", colour: "fourth" },
] as const satisfies readonly { figure: string; words: string; colour: Colour }[];

/** Response times (left) and the share of failures (right) of each configuration; a thin line is the spread of repeats. */
export function configurationsChart(configurations: readonly Configuration[], format: Format): Chart {
  const about =
    "Left axis, dots: response times, medians of the repeats with their spread. Right axis, bars: share of requests that failed.";
  const title = "Latency and failures compared";
  return picture(format, { name: "configurations", title, about }, (begin) => {
    const [from, to, top, bottom] = [format.left, format.width - 56, begin + 34, begin + 274];
    const values = configurations.flatMap(({ results }) =>
      results.flatMap((result) => marks.map(({ figure }) => figureOf(result, figure))),
    );
    const latency = latencyAxis(values, top, bottom);
    const failing = Math.max(...configurations.map(({ figures }) => figures.failRatio.high));
    const failures = linearAxis(Math.max(0.01, failing), top, bottom);
    const each = (to - from) / configurations.length;
    return {
      height: bottom + 30,
      content: [
        legend(format, begin + 10),
        gridOf(latency, from, to, tickLatency),
        ...failures.ticks.map(
          (tick) => markup`<text x="${to + 8}" y="${failures.y(tick) + 4}" ${fill("failure")}>${percent(tick)}</text>`,
        ),
        ...configurations.map((configuration, index): Markup => {
          const left = from + index * each;
          const { failRatio } = configuration.figures;
          const middle = left + each / 2;
          const half = Math.min(48, each * 0.24);
          const wide = Math.min(46, each * 0.3);
          const bar = { x: middle + half - wide / 2, y: failures.y(failRatio.median) };
          return markup`<rect x="${bar.x}" y="${bar.y}" width="${wide}" height="${Math.max(0, bottom - bar.y)}" fill-opacity="0.25" ${fill("failure")}/>
<text x="${bar.x + wide / 2}" y="${bar.y - 5}" text-anchor="middle" ${fill("failure")}>${percent(failRatio.median)}</text>
${marks.map(({ figure, colour }, place) => {
  const { median, low, high } = configuration.figures[figure];
  const x = middle - half + (place - 2) * Math.min(15, each * 0.08);
  return markup`<line x1="${x}" x2="${x}" y1="${latency.y(low)}" y2="${latency.y(high)}" stroke-width="2" ${stroke(colour)}/>
<circle cx="${x}" cy="${latency.y(median)}" r="4.5" ${fill(colour)}/>`;
})}
<text x="${middle}" y="${bottom + 18}" text-anchor="middle" ${fill("ink")}>${fitted(configuration.name, each - 6)}</text>`;
        }),
        markup`<line x1="${from}" x2="${to}" y1="${bottom}" y2="${bottom}" ${stroke("axis")}/>`,
      ],
    };
  });
}

const legend = (format: Format, y: number): Markup => {
  const step = Math.min(96, (format.width - format.left) / marks.length);
  return markup`${marks.map(
    ({ words, colour }, index) =>
      markup`<circle cx="${format.left + index * step + 5}" cy="${y}" r="4.5" ${fill(colour)}/>
<text x="${format.left + index * step + 14}" y="${y + 4}" ${fill("soft")}>${words}</text>`,
  )}`;
};
