import type { Plan } from "../plan/plan.ts";
import { loadPlan, planOf } from "../plan/plan-file.ts";
import { type ProfileName, profiles } from "../shoppers/profiles.ts";
import type { LoadCommand } from "./options.ts";

/** The plan that a command line means: a shipped one or a file, changed by what else was said, or one made of it all. */
export function planFrom({ plan: named, asked, users, spawnRate, thresholds }: LoadCommand): Plan {
  const { rate, "run-time": runTime, profile, wait, seed, checks, timeout, "stop-timeout": stopTimeout } = asked;
  const changes = {
    ...(wait && { wait }),
    ...(seed !== undefined && { seed }),
    ...(checks && { checks }),
    ...(timeout !== undefined && { timeout }),
    ...(stopTimeout !== undefined && { stopTimeout }),
  };
  const load = rate === undefined ? { users } : { rate };
  const growth = spawnRate === undefined ? {} : { spawnRate };
  const own =
    named === undefined ? planOf({ ...load, ...growth, ...(runTime !== undefined && { runTime }) }) : loadPlan(named);
  const plan = withProfile(own, profile);
  if (wait && plan.model === "rate") throw new Error(`--wait: in the plan ${plan.name} nobody waits`);
  return {
    ...plan,
    ...changes,
    ...(asked["reset-stats"] && { warmUp: (rate ?? users) / (spawnRate ?? Number.POSITIVE_INFINITY) }),
    objectives: { ...plan.objectives, ...thresholds },
  };
}

/** A plan for shoppers of another kind, who wait as long as is usual for them unless the plan says how long. */
export function withProfile(plan: Plan, profile: ProfileName = plan.profile): Plan {
  const isUsual = plan.model === "users" && String(plan.wait) === String(profiles[plan.profile].wait);
  return { ...plan, profile, ...(isUsual && { wait: profiles[profile].wait }) };
}

/**
 * The same load by hand, from so many shoppers that are there to another number of them, so many more or fewer a
 * second; then until somebody stops it.
 */
export function changedPlan(plan: Plan, from: number, to: number, perSecond: number): Plan {
  const { stopWhen: _, ...rest } = plan;
  const stages = [
    { name: `${from} users`, to: from, over: 0 },
    { name: `from ${from} to ${to} users`, to, over: Math.abs(to - from) / perSecond },
    { name: `${to} users`, to, over: Number.POSITIVE_INFINITY },
  ];
  return { ...rest, stages, warmUp: 0 };
}
