import type { Operator } from "../command/operator.ts";
import { durationOf } from "../load/level.ts";
import type { Plan } from "../plan/plan.ts";
import { type Markup, markup } from "../report/markup.ts";
import type { Result } from "../results/result.ts";
import type { Snapshot } from "../results/snapshot.ts";
import { bytes, count, duration, milliseconds, percent } from "../results/spoken.ts";
import type { Row } from "../results/summary.ts";
import { outcomeOf, verdictWords } from "../results/verdict.ts";

const SHOWN_FAILURES = 20;

/** The figures of the moment, or of the whole run when it is over, and how far it is. */
export function figures(snapshot: Snapshot, plan: Plan, over: boolean): Markup {
  const { total, now, users, waiting } = snapshot;
  const shown = over ? { ...now, rate: total.rate, failureRate: total.failureRate, ...whole(total) } : now;
  const failing = shown.rate > 0 ? shown.failureRate / shown.rate : 0;
  const tiles: [label: string, value: string, alarming?: boolean][] = [
    over ? ["requests", count(total.requests)] : ["users", count(users)],
    over ? ["failures", count(total.failures), total.failures > 0] : ["in flight", count(waiting)],
    ["req/s", count(shown.rate)],
    ["failing", percent(failing), failing > 0],
    ["p50", milliseconds(shown.p50)],
    ["p95", milliseconds(shown.p95)],
    ["p99", milliseconds(shown.p99)],
  ];
  return markup`<h2>${over ? "The whole run" : "Now"} <small>${over ? "without its warm-up" : "the last 10 s"}</small></h2>
<dl class="tiles">${tiles.map(([label, value, alarming]) => markup`<div${alarming && bad}><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
${progress(snapshot, plan, over)}`;
}

const bad: Markup = { markup: ' class="bad"' };
const whole = ({ percentiles: { 50: p50 = 0, 95: p95 = 0, 99: p99 = 0 } }: Row) => ({ p50, p95, p99 });

function progress({ seconds, stage }: Snapshot, plan: Plan, over: boolean): Markup {
  const lasts = durationOf(plan);
  const where = stage && !over ? ` · ${stage}` : "";
  if (!Number.isFinite(lasts)) return markup`<p class="quiet">${duration(seconds)}${over ? "" : " so far"}${where}</p>`;
  const words = over ? duration(seconds) : `${duration(seconds)} of ${duration(lasts)}${where}`;
  return markup`<progress max="${lasts}" value="${Math.min(seconds, lasts)}" aria-label="How far the plan is"></progress>
<p class="quiet">${words}</p>`;
}

/** A table of the routes, in the columns that Locust has. */
export function routes({ routes, total }: Snapshot): Markup {
  const head = ["Requests", "Failures", "p50", "p95", "p99", "Average", "Max", "Size", "req/s"];
  const row = (summary: Row) => {
    const { requests, failures, average, max, rate, percentiles } = summary;
    const latencies = ["50", "95", "99"].map((p) => percentiles[p] ?? 0);
    const cells = [...[...latencies, average, max].map(milliseconds), bytes(summary.bytes), count(rate)];
    return markup`<tr><th scope="row">${summary.method && markup`<b>${summary.method}</b> `}${summary.name}</th>
<td>${count(requests)}</td><td${failures > 0 && bad}>${count(failures)}</td>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>`;
  };
  return markup`<h2>Routes</h2><div class="scroll" tabindex="0" role="group" aria-label="Table of routes"><table>
<thead><tr><th scope="col">Route</th>${head.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${routes.map(row)}</tbody><tfoot>${row(total)}</tfoot></table></div>`;
}

/** What went wrong, in words. */
export function failures({ errors, total }: Snapshot): Markup | undefined {
  if (total.requests === 0) return undefined;
  if (errors.length === 0) return markup`<h2>Failures</h2><p class="quiet">None: every page was what it should be.</p>`;
  const more = errors.length - SHOWN_FAILURES;
  const line = ({ method, name, words, count: times }: Snapshot["errors"][number]) =>
    markup`<li><b>${count(times)} ×</b> <code>${method} ${name}</code> ${words}</li>`;
  return markup`<h2>Failures</h2><ul class="plain">${errors.slice(0, SHOWN_FAILURES).map(line)}</ul>
${more > 0 && markup`<p class="quiet">and ${count(more)} other kinds</p>`}`;
}

/** How the load generator itself is doing. */
export function generator({ self, flaws }: Snapshot, operator: Operator): Markup {
  const members = operator.crew.members();
  const facts: [string, string][] = [
    ["workers", count(members.length)],
    ["CPU", `${percent(self.cpu)} of a core`],
    ["event loop late", milliseconds(self.loopP99)],
    ["requests late", milliseconds(self.lateP99)],
    ["memory", `${count(self.rss)} MiB`],
  ];
  return markup`<h2>The load generator <small>the busiest worker</small></h2>
<dl class="facts">${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${flaws.length > 0 && markup`<ul class="plain flaws">${flaws.map((words) => markup`<li>${words}</li>`)}</ul>`}`;
}

/** What became of a run, and what of it can be taken along. */
export function outcome(result: Result): Markup {
  const { headline, reasons } = verdictWords(result);
  const found = result.findings.map(({ words }) => markup`<li>${words}</li>`);
  const files = ["report.html", "result.json", "stats.csv", "stats_history.csv", "failures.csv"];
  return markup`<div class="outcome ${outcomeOf(result)}"><h2>${headline}</h2>
<ul class="plain">${reasons.map((words) => markup`<li>${words}</li>`)}${found}</ul>
<p class="files">${files.map((file) => markup`<a href="/result/${file}" download>${file}</a> `)}</p></div>`;
}
