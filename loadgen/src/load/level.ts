import type { Plan } from "../plan/plan.ts";

type Staged = Pick<Plan, "stages">;

/** How long a plan lasts, in seconds; Infinity for one that goes on until somebody stops it. */
export const durationOf = ({ stages }: Staged): number => stages.reduce((total, { over }) => total + over, 0);

/**
 * The level that a plan wants so many seconds after its start: users, or arrivals per second, not rounded. 0 before the
 * start; undefined from the plan's end on.
 */
export function levelAt(plan: Staged, second: number): number | undefined {
  if (second < 0) return 0;
  const line = linesOf(plan).find(({ began, over }) => second < began + over);
  return line && line.from + line.slope * (second - line.began);
}

/**
 * The second at which an arrival is due, counted from 0: when the area below the plan's rate has come to its place in
 * the row, and half of one more. Undefined for one that comes after the plan's end.
 */
export function dueAt(plan: Staged, arrival: number): number | undefined {
  let missing = arrival + 0.5;
  for (const { from, slope, began, over } of linesOf(plan)) {
    if (from === 0 && slope === 0) continue;
    const area = from * over + (slope && (slope * over * over) / 2);
    // Where from·x + slope·x²/2 comes to what is missing: so written, neither a flat line nor a start at 0 divides by 0.
    const root = Math.sqrt(Math.max(0, from * from + 2 * slope * missing));
    if (missing < area) return began + (2 * missing) / (from + root);
    missing -= area;
  }
  return undefined;
}

/** What falls to one of several that share a level, from 0: the parts of all differ by 1 at most and sum to it exactly. */
export const shareOf = (level: number, index: number, of: number): number =>
  Math.max(0, Math.ceil((Math.round(level) - index) / of));

interface Line {
  readonly began: number;
  readonly over: number;
  readonly from: number;
  /** Per second. */
  readonly slope: number;
}

const linesOfPlans = new WeakMap<Staged["stages"], readonly Line[]>();

/** A plan's stages as straight lines; jumps have become the beginning of what follows. */
function linesOf({ stages }: Staged): readonly Line[] {
  const known = linesOfPlans.get(stages);
  if (known) return known;
  let from = 0;
  let began = 0;
  const lines: Line[] = [];
  for (const { to, over } of stages) {
    // What lasts for ever has no end to climb to.
    if (over === Number.POSITIVE_INFINITY) lines.push({ began, over, from: to, slope: 0 });
    else if (over > 0) lines.push({ began, over, from, slope: (to - from) / over });
    began += over;
    from = to;
  }
  linesOfPlans.set(stages, lines);
  return lines;
}
