import type { Asked } from "./asked.ts";

/** Refuses options that cannot both be meant, and those that are for something else; throws one line. */
export function refuseContradictions(given: Asked, plan: string | undefined): void {
  const has = (name: keyof Asked) => given[name] !== undefined;
  const refuse = (name: keyof Asked, others: readonly (keyof Asked)[], why = "exclude each other") => {
    const other = has(name) && others.find(has);
    if (other) throw new Error(`--${name} and --${other} ${why}`);
  };
  refuse("rate", ["users", "wait"], "exclude each other: at a rate nobody comes or waits");
  refuse("headless", ["autostart"]);
  refuse("workers", ["processes", "master"]);
  refuse("master", ["worker", "processes"]);
  refuse("no-metrics", ["metrics-port", "metrics-host"]);
  const own = (["users", "spawn-rate", "rate", "run-time", "reset-stats"] as const).find(has);
  if (plan !== undefined && own) throw new Error(`--${own} and the plan ${plan} exclude each other: the plan says it`);
  const master = (["expect-workers", "master-bind-host"] as const).find(has);
  if (master && !given.master) throw new Error(`--${master} is for --master`);
  if (has("master-host") && !given.worker) throw new Error("--master-host is for --worker");
  if (has("master-port") && !given.worker && !given.master)
    throw new Error("--master-port is for --master or --worker");
  const foreign = given.worker && (Object.keys(given) as (keyof Asked)[]).find((name) => !ofWorker.includes(name));
  if (foreign) throw new Error(`--${foreign} is not for a worker: its master says what to do`);
  if (given.worker && plan !== undefined) throw new Error(`"${plan}" is not for a worker: its master says what to do`);
}

const ofWorker: readonly (keyof Asked)[] = ["worker", "master-host", "master-port", "token"];
