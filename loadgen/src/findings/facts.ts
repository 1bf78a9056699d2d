import type { Plan } from "../plan/plan.ts";
import type { Point, ShopPoint, StageSummary } from "../results/result.ts";
import { spansOf, wantedAt } from "../results/stages.ts";

/** All that findings are made from: what was wanted, and what came of it, second by second. */
export interface Facts {
  readonly plan: Plan;
  readonly series: readonly Point[];
  readonly stages: readonly StageSummary[];
  readonly shop: readonly ShopPoint[];
}

/** The load at a point: users, or the arrivals per second that were wanted. */
export function loadsOf(plan: Plan): (point: Point) => number {
  const spans = spansOf(plan);
  return ({ second, users }) => (plan.model === "rate" ? wantedAt(spans, second) : users);
}

/** The points after the warm-up. */
export const measured = ({ plan, series }: Pick<Facts, "plan" | "series">): readonly Point[] =>
  series.filter(({ second }) => second > plan.warmUp);
