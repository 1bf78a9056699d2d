import type { Operator } from "../command/operator.ts";
import { changedPlan, withProfile } from "../command/order.ts";
import { lasting, oneOf, positive, type Reading, shopUrl, whole } from "../command/values.ts";
import type { Order } from "../crew/crew.ts";
import type { Objectives, Plan } from "../plan/plan.ts";
import { loadPlan, planNames, planOf } from "../plan/plan-file.ts";
import { type ProfileName, profiles } from "../shoppers/profiles.ts";

/** What the fields of the form, or of JSON, are called; user_count, spawn_rate, host and run_time are Locust's. */
export type Form = Readonly<Partial<Record<Field, unknown>>>;
type Field = "plan" | "user_count" | "spawn_rate" | "host" | "run_time" | "profile" | "rate";

/** What was asked for on the command line, which counts where the form says nothing. */
export interface Start {
  readonly host: string;
  readonly plan: Plan;
  readonly users: number;
  readonly spawnRate: number;
  /** Limits that hold whatever is started. */
  readonly thresholds: Objectives;
}

const users = whole(0, 1_000_000);

/**
 * Makes an order of a form. A number of users alone, while shoppers are about by hand, is a change of their number.
 * Throws an Error that names the field that will not do.
 */
export function orderFrom(form: Form, start: Start, operator: Operator): Order {
  const field = <T>(name: Field, reads: Reading<T>): T | undefined => {
    const value = String(form[name] ?? "").trim();
    return value === "" ? undefined : reads(name, value);
  };
  const host = field("host", shopUrl) ?? start.host;
  const named = field("plan", oneOf([...planNames(), start.plan.name]));
  if (named === start.plan.name) return { host, plan: start.plan };
  if (named !== undefined) {
    const plan = loadPlan(named);
    return { host, plan: { ...plan, objectives: { ...plan.objectives, ...start.thresholds } } };
  }
  const rate = field("rate", positive);
  const count = field("user_count", users);
  const spawnRate = field("spawn_rate", positive) ?? start.spawnRate;
  const runTime = field("run_time", lasting);
  const profile = field("profile", oneOf(Object.keys(profiles) as ProfileName[]));
  const current = operator.order();
  const here = operator.snapshot()?.users ?? 0;
  const about = current?.plan.name === BY_HAND && ["spawning", "running"].includes(operator.state());
  if (about && current.plan.model === "users" && count !== undefined && host === current.host && !runTime) {
    return { host, plan: changedPlan(withProfile(current.plan, profile), here, count, spawnRate) };
  }
  if (count === 0) throw new Error("user_count 0: at least one shopper is needed to begin");
  const load = rate === undefined ? { users: count ?? start.users, spawnRate } : { rate };
  const { model, seed, wait, checks, timeout, stopTimeout, objectives } = start.plan;
  const plan = planOf({
    ...{ ...load, seed, profile: start.plan.profile },
    ...(rate === undefined && model === "users" && { wait }),
    ...(runTime !== undefined && { runTime }),
    ...(checks && { checks }),
    ...(timeout !== undefined && { timeout }),
  });
  const rest = { name: BY_HAND, about: "", objectives, ...(stopTimeout !== undefined && { stopTimeout }) };
  return { host, plan: { ...withProfile(plan, profile), ...rest } };
}

/** The name of a load that is made by hand. */
export const BY_HAND = "by hand";
