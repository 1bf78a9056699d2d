import type { Plan } from "../plan/plan.ts";

/** A stage with its times, in seconds since the start, and the levels at both. */
export interface Span {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

/** When each stage of a plan is, jumps included, which take no time. */
export function spansOf({ stages }: Pick<Plan, "stages">): readonly Span[] {
  let from = 0;
  let first = 0;
  return stages.map(({ name, to: last, over }) => {
    // A plan that was read from a result has null for a stage without end: JSON knows no infinity.
    const span = { name, from, to: from + (over ?? Number.POSITIVE_INFINITY), first, last };
    from = span.to;
    first = last;
    return span;
  });
}

/** The stage that a second belongs to: its last one from the end on; undefined if no stage takes time. */
export function spanAt(spans: readonly Span[], second: number): Span | undefined {
  const lasting = spans.filter(({ from, to }) => to > from);
  return lasting.find(({ to }) => second < to) ?? lasting.at(-1);
}

/** The level that the plan wants at a second: users, or arrivals per second. */
export function wantedAt(spans: readonly Span[], second: number): number {
  const span = spanAt(spans, second);
  if (!span) return 0;
  const part = Math.min(1, (second - span.from) / (span.to - span.from));
  return span.first + (span.last - span.first) * part;
}
