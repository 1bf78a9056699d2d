import type { Objectives } from "../plan/plan.ts";
import type { Judgement, Result } from "./result.ts";
import { count, listed, milliseconds, percent } from "./spoken.ts";
import type { Row } from "./summary.ts";
import type { Latency } from "./tally.ts";

/** What can be asked of a load, in the order in which it is told. */
export const objectives = ["failRatio", "p50", "p95", "p99"] as const satisfies readonly (keyof Objectives)[];

/** The latencies that count: of the requests that went well, or of all of them where that is more. */
export const judgedOf = ({ ok, percentiles }: Pick<Row, "ok" | "percentiles">): Latency => ({
  p50: Math.max(ok.p50, percentiles["50"] ?? 0),
  p95: Math.max(ok.p95, percentiles["95"] ?? 0),
  p99: Math.max(ok.p99, percentiles["99"] ?? 0),
});

/** Holds figures against objectives. Where nothing went well, no latency is short enough. */
export function judge(limits: Objectives, row: Row): readonly Judgement[] {
  const actual = { failRatio: row.requests > 0 ? row.failures / row.requests : 1, ...judgedOf(row) };
  return objectives.flatMap((objective) => {
    const limit = limits[objective];
    if (limit === undefined) return [];
    const possible = objective === "failRatio" || row.failures < row.requests;
    return [{ objective, limit, actual: actual[objective], met: possible && actual[objective] <= limit }];
  });
}

/** What became of a run as a whole; "unasked" is one without objectives. */
export type Outcome = "met" | "missed" | "invalid" | "unasked";

/** The outcome of a run: what was not measured properly neither meets nor misses anything. */
export function outcomeOf({ valid, verdict }: Pick<Result, "valid" | "verdict">): Outcome {
  if (!valid) return "invalid";
  if (verdict.length === 0) return "unasked";
  return verdict.every(({ met }) => met) ? "met" : "missed";
}

const named: Record<string, string> = { failRatio: "failed requests", p50: "median", p95: "p95", p99: "p99" };

/** A figure of an objective with its unit. */
export const figureOf = (objective: string, value: number): string =>
  objective === "failRatio" ? percent(value) : milliseconds(value);

/** An objective in words: "p99 at most 500 ms". */
export const wordsOf = ({ objective, limit }: Judgement): string =>
  `${named[objective] ?? objective} at most ${figureOf(objective, limit)}`;

/** A judgement in words: "p99 was 612 ms, 500 ms allowed". */
export function judgementWords(judgement: Judgement): string {
  const { objective, limit, actual, met } = judgement;
  const name = objective === "failRatio" ? "failed requests were" : `${named[objective] ?? objective} was`;
  const why = !met && actual <= limit ? ", but no request went well" : "";
  return `${name} ${figureOf(objective, actual)}, ${figureOf(objective, limit)} allowed${why}`;
}

/** The verdict in a sentence, and what there is to say beneath it. */
export function verdictWords(result: Result): { readonly headline: string; readonly reasons: readonly string[] } {
  const { verdict, flaws, total } = result;
  const all = verdict.map(judgementWords);
  const what = `${count(total.requests, 6)} requests, ${percent(total.requests > 0 ? total.failures / total.requests : 0)} failed`;
  switch (outcomeOf(result)) {
    case "invalid":
      return { headline: "Invalid: this run did not measure the shop properly.", reasons: [...flaws, ...all] };
    case "unasked":
      return { headline: `Measured: ${what}.`, reasons: ["The plan has no objectives to be judged by."] };
    case "met":
      return { headline: "Met: the shop did all that was asked of it.", reasons: all };
    default: {
      const missed = verdict.filter(({ met }) => !met);
      const names = listed(missed.map(({ objective }) => named[objective] ?? objective));
      return { headline: `Not met: ${names}.`, reasons: all };
    }
  }
}
