import { duration, oneOf, span } from "../command/values.ts";
import { type ProfileName, profiles } from "../shoppers/profiles.ts";
import { list, number, object, type Read, readFields, wholeNumber, words, written } from "./fields.ts";

const HOUR_MS = 3_600_000;

const time = written(duration);
const latency = number(0, HOUR_MS);
const limits = { failRatio: number(0, 1), p50: latency, p95: latency, p99: latency };
const stage = { name: words, users: wholeNumber(), rate: number(), over: time };

const fields = {
  about: words,
  profile: written(oneOf(Object.keys(profiles) as ProfileName[])),
  stages: list(object(stage)),
  wait: written(span),
  warmUp: time,
  objectives: object(limits),
  stopWhen: object({ ...limits, for: time }),
  find: list(written(oneOf(["knee", "recovery", "slope", "plateaus"] as const))),
  seed: wholeNumber(0, 2 ** 32 - 1),
  checks: written(oneOf(["body", "status"] as const)),
  timeout: time,
};

/** What was read of a plan's file. */
export type PlanFields = Read<typeof fields>;

/** A stage as its file says it. */
export type StageFields = Read<typeof stage>;

/** Reads what a plan's file says. Throws one Error with a line for each thing that is wrong with it. */
export function readPlanFields(json: unknown, name: string): PlanFields {
  const problems: string[] = [];
  const read = readFields(fields, "", json, problems);
  const said = problems.map(topOf);
  problems.push(...problemsOf(read).filter((problem) => !said.includes(topOf(problem))));
  if (problems.length > 0) throw new Error([`the plan ${name} will not do:`, ...problems].join("\n  "));
  return read;
}

/** The field of the plan that a problem is about: the first word of it. */
const topOf = (problem: string) => /^\w+/.exec(problem)?.[0];

/** What is wrong with a plan though each of its fields will do. */
function problemsOf({ about, stages, stopWhen, wait, timeout }: PlanFields): string[] {
  const model = modelOf(stages);
  const found = (stages ?? []).flatMap(({ users, rate, over }, place) => {
    const field = `stages[${place}]`;
    const mixed = (model === "users") !== (users !== undefined);
    return [
      over === undefined && `${field}.over: a time such as 10s is wanted`,
      (users === undefined) === (rate === undefined)
        ? `${field}: either users or a rate are wanted`
        : mixed && `${field}: a plan has users or rates, not both`,
    ];
  });
  return [
    !about && "about: a sentence is wanted that says what the plan is for",
    !stages && 'stages: a list is wanted, such as [{ "users": 100, "over": "10s" }]',
    ...found,
    stages && model === "rate" && wait && "wait: at a rate nobody waits",
    stages?.every(({ over }) => over === 0) && "stages: all of them together last no time",
    timeout === 0 && "timeout: at least 1s is wanted",
    stopWhen && stopWhen.for === undefined && "stopWhen.for: a time such as 10s is wanted",
    stopWhen?.for === 0 && "stopWhen.for: at least 1s is wanted",
    stopWhen && Object.keys(stopWhen).every((name) => name === "for") && "stopWhen: a limit such as p99 is wanted",
  ].filter((problem) => typeof problem === "string");
}

/** Whether a plan's stages count users or arrivals: as its first one does. */
export const modelOf = (stages: readonly StageFields[] | undefined): "users" | "rate" =>
  stages?.[0]?.rate === undefined ? "users" : "rate";
