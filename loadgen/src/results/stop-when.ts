import type { Plan } from "../plan/plan.ts";
import type { Point } from "./result.ts";
import { objectives } from "./verdict.ts";

/** Whether one of a plan's reasons to end early held for all of the last seconds that it must hold for. */
export function mustStop({ stopWhen, warmUp }: Plan, points: readonly Point[]): boolean {
  const last = points.at(-1);
  if (!stopWhen || !last) return false;
  const since = last.second - stopWhen.for;
  if (since < warmUp) return false;
  const recent = points.filter(({ second, rate, waiting }) => second > since && (rate > 0 || waiting > 0));
  if (recent.length < stopWhen.for / 2) return false;
  return objectives.some((objective) => {
    const limit = stopWhen[objective];
    return limit !== undefined && recent.every((point) => figureAt(point, objective) > limit);
  });
}

/** Where requests wait and none is answered, there is no latency that one could call short. */
function figureAt(point: Point, objective: (typeof objectives)[number]): number {
  if (objective === "failRatio") return point.rate > 0 ? point.failureRate / point.rate : 0;
  return point.rate > 0 ? point[objective] : Number.POSITIVE_INFINITY;
}
