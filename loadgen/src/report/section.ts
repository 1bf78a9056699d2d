import type { Result } from "../results/result.ts";
import { count, duration, milliseconds, percent } from "../results/spoken.ts";
import { judgedOf, outcomeOf, verdictWords } from "../results/verdict.ts";
import { charts } from "./charts.ts";
import { figuresOf } from "./figures.ts";
import { type Markup, markup } from "./markup.ts";
import { errorsTable, manifestTable, routesTable, stagesTable } from "./tables.ts";

/** One result: the verdict, the figures, what was found, pictures, tables, and what it takes to do it again. */
export function section(result: Result): Markup {
  const { manifest, findings, errors, stages } = result;
  const { plan } = manifest;
  return markup`<article>
<header>
<p class="over">Load test · ${plan.name}</p>
${verdict(result)}
<p class="about">${plan.about}</p>
</header>
${keyFigures(result)}
${findings.length > 0 && markup`<h2>What was found</h2><ul class="findings">${findings.map(({ words }) => markup`<li>${sentence(words)}</li>`)}</ul>`}
<h2>Over time</h2>
${figuresOf((width) => charts(result, width))}
<h2>Routes</h2>
${routesTable(result)}
<p class="note">Latencies are those of requests that went well, or of all of them where that is more: fast failures make no shop fast.</p>
${stages.length > 1 && markup`<h2>Stages</h2>${stagesTable(stages)}`}
<h2>Errors</h2>
${errors.length > 0 ? errorsTable(errors, result.total.requests) : markup`<p>There were none.</p>`}
<h2>How it was measured</h2>
${manifestTable(manifest)}
</article>`;
}

const signs = { met: "✓", missed: "✗", invalid: "!", unasked: "·" };

function verdict(result: Result): Markup {
  const { headline, reasons } = verdictWords(result);
  const outcome = outcomeOf(result);
  return markup`<h1 class="${outcome}"><span class="sign" aria-hidden="true">${signs[outcome]}</span>${headline}</h1>
<ul class="reasons">${reasons.map((reason) => markup`<li>${sentence(reason)}</li>`)}</ul>`;
}

/** With a capital (but for p99) and a full stop. */
const sentence = (words: string): string =>
  `${/^p\d/.test(words) ? words : words.charAt(0).toUpperCase() + words.slice(1)}${/[.!?]$/.test(words) ? "" : "."}`;

function keyFigures({ total, series, manifest }: Result): Markup {
  const { p50, p95, p99 } = judgedOf(total);
  const users = Math.max(0, ...series.map(({ users }) => users));
  const figures: readonly (readonly [name: string, value: string, more: string])[] = [
    ["Requests per second", count(total.rate), `${count(total.requests, 6)} in all`],
    [
      "Failed",
      percent(total.requests > 0 ? total.failures / total.requests : 0),
      `${count(total.failures, 6)} requests`,
    ],
    ["Median", milliseconds(p50), `${milliseconds(total.average)} on average`],
    ["p95", milliseconds(p95), "95 of 100 took at most this"],
    ["p99", milliseconds(p99), `${milliseconds(total.max)} at most`],
    ["Users", count(users, 6), `for ${duration(manifest.seconds)}`],
  ];
  return markup`<dl class="key">${figures.map(
    ([name, value, more]) => markup`<div><dt>${name}</dt><dd><b>${value}</b><small>${more}</small></dd></div>`,
  )}</dl>`;
}
