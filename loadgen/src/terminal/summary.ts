import type { Result } from "../results/result.ts";
import { count, duration } from "../results/spoken.ts";
import { judgementWords, type Outcome, outcomeOf, verdictWords } from "../results/verdict.ts";
import { type Paint, routeTable } from "./columns.ts";

const SHOWN_ERRORS = 10;

const endings = {
  plan: "to its end",
  stopped: "and was stopped",
  stopWhen: "and ended itself, as its plan says it should",
} as const;

const colours = {
  met: ["bold", "green"],
  missed: ["bold", "red"],
  invalid: ["bold", "yellow"],
  unasked: "bold",
} as const satisfies Record<Outcome, Parameters<Paint>[0]>;

/** What became of a run, as lines for people. */
export function summary(result: Result, paint: Paint): string[] {
  const { manifest, routes, total, errors, findings, verdict, flaws } = result;
  const { plan, host, seconds, ended } = manifest;
  const wrong = errors.slice(0, SHOWN_ERRORS).map(({ method, name, words, count: times }) => {
    return `  ${count(times)} ×  ${method} ${name}: ${words}`;
  });
  const rest = errors.length - SHOWN_ERRORS;
  const part = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? ["", paint("bold", title), ...lines] : [];
  const { headline } = verdictWords(result);
  return [
    `${paint("bold", plan.name)} on ${host} ran ${duration(seconds)} ${endings[ended]}.`,
    "",
    ...routeTable(routes, total, paint),
    ...part("Failures", [...wrong, ...(rest > 0 ? [`  and ${rest} other kinds`] : [])]),
    ...part(
      "Found",
      findings.map(({ words }) => `  ${words}`),
    ),
    ...part(
      "Objectives",
      verdict.map((judgement) => `  ${judgement.met ? "✓" : paint("red", "✗")} ${judgementWords(judgement)}`),
    ),
    ...part(
      "To be known",
      flaws.map((words) => `  ! ${words}`),
    ),
    "",
    paint(colours[outcomeOf(result)], headline),
  ];
}
