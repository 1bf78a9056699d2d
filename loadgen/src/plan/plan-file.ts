import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { profiles } from "../shoppers/profiles.ts";
import type { Plan, Stage } from "./plan.ts";
import { modelOf, readPlanFields, type StageFields } from "./plan-rules.ts";

const folder = fileURLToPath(new URL("../../plans", import.meta.url));

/** The names of the plans that come with the load generator. */
export const planNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => basename(file, ".json"))
    .sort();

/** Finds a plan by its name, or by the path of its file. Throws one Error that says all that is wrong with it. */
export function loadPlan(nameOrPath: string): Plan {
  const shipped = planNames().includes(nameOrPath);
  if (!shipped && !nameOrPath.endsWith(".json")) {
    const names = planNames().join(", ");
    throw new Error(`there is no plan ${nameOrPath}: there are ${names}, and files that end in .json`);
  }
  const file = shipped ? join(folder, `${nameOrPath}.json`) : nameOrPath;
  return readPlan(jsonOf(file), basename(nameOrPath, ".json"));
}

/** Makes a plan of what its file says. Throws one Error with a line for each field that will not do. */
export function readPlan(json: unknown, name: string): Plan {
  const { about = "", profile = "original", stages = [], wait, stopWhen, ...rest } = readPlanFields(json, name);
  const model = modelOf(stages);
  const { for: patience = 0, ...limits } = stopWhen ?? {};
  return {
    name,
    about,
    profile,
    model,
    stages: named(stages, model),
    wait: wait ?? defaultWait(profile, model),
    warmUp: 0,
    objectives: {},
    find: [],
    seed: 1,
    ...rest,
    ...(stopWhen && { stopWhen: { ...limits, for: patience } }),
  };
}

/** What a command line says of a load: times in seconds, rates per second. */
export interface Wanted extends Partial<Pick<Plan, "profile" | "seed" | "wait" | "checks" | "timeout">> {
  readonly users?: number;
  /** Arrivals per second, rather than users. */
  readonly rate?: number;
  /** By how much the level grows each second; users come one a second and a rate is there at once unless told otherwise. */
  readonly spawnRate?: number;
  /** From the start on; without it the load lasts until somebody stops it. */
  readonly runTime?: number;
}

/** Makes a plan of what a command line says: up to the level, then level until the run time, from the start, is over. */
export function planOf(wanted: Wanted): Plan {
  const { users = 10, rate, runTime = Number.POSITIVE_INFINITY, profile = "original", ...rest } = wanted;
  const { seed = 1, spawnRate = rate === undefined ? 1 : Number.POSITIVE_INFINITY, wait, ...checks } = rest;
  const model = rate === undefined ? "users" : "rate";
  const to = rate ?? users;
  const ramp = to / spawnRate;
  const stages =
    ramp < runTime
      ? [
          { name: "ramp-up", to, over: ramp },
          { name: "level", to, over: runTime - ramp },
        ]
      : [{ name: "ramp-up", to: spawnRate * runTime, over: runTime }];
  return {
    name: "command line",
    about: "What the command line says.",
    profile,
    model,
    stages,
    wait: wait ?? defaultWait(profile, model),
    warmUp: 0,
    objectives: {},
    find: [],
    seed,
    ...checks,
  };
}

const defaultWait = (profile: Plan["profile"], model: Plan["model"]): Plan["wait"] =>
  model === "users" ? profiles[profile].wait : [0, 0];

/** Stages have the name of their level unless they were given one. */
function named(stages: readonly StageFields[], model: Plan["model"]): Stage[] {
  let before = 0;
  return stages.map(({ name, users, rate, over = 0 }) => {
    const to = users ?? rate ?? 0;
    const level = model === "users" ? `${to} users` : `${to}/s`;
    const own = to === before || over === 0 ? level : `to ${level}`;
    before = to;
    return { name: name ?? own, to, over };
  });
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`${file} is not JSON: ${error.message}`);
    throw new Error(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}
