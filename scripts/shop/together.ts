import type { Name } from "../../libs/contract/src/roster.ts";
import { createNeighbours } from "../../libs/rpc/src/memory.ts";
import { type Home, moveIn } from "../../libs/runtime/src/home.ts";
import { readOptions } from "./options.ts";
import { planFor } from "./plan.ts";

// The services of a shop in one process: what `npm start -- --colocated` runs, by the same options.

const options = readOptions(process.argv.slice(2), process.env);
if (!options) throw new Error("its options are those of npm start");
const replica = Number(process.env.REPLICA ?? 0);
const own = planFor(options, process.env).filter((plan) => plan.replica === replica);
const plans = new Map(own.map((plan) => [plan.name, plan]));

const stops = new Map([...plans.keys()].map((name) => [name, Promise.withResolvers<void>()]));
const crashes = new Map<Name, (error: unknown) => void>();
const left = new Map([...plans.keys()].map((name) => [name, Promise.withResolvers<void>()]));

const home: Home = {
  environment: (name) => plans.get(name)?.environment ?? {},
  stopped: (name) => stops.get(name)?.promise ?? Promise.resolve(),
  leave(name, code) {
    if (code !== 0) process.exit(code);
    left.get(name)?.resolve();
  },
  onCrash: (name, crashed) => void crashes.set(name, crashed),
  neighbours: createNeighbours(),
  lives: (name) => plans.has(name),
};
moveIn(home);

// Whose error it is, nobody can tell once it was thrown between the calls: the storefront says it.
process.on("uncaughtException", (error) => {
  const [crashed] = [crashes.get("frontend"), ...crashes.values()].filter((known) => known !== undefined);
  crashed?.(error);
  process.exit(1);
});

/** The storefront first, so that nothing new comes in, then all others, who have nothing left to do. */
let stopping = false;
async function stop(): Promise<void> {
  if (stopping) process.exit(1);
  stopping = true;
  for (const isFrontend of [true, false]) {
    const group = [...plans.keys()].filter((name) => (name === "frontend") === isFrontend);
    for (const name of group) stops.get(name)?.resolve();
    await Promise.all(group.map((name) => left.get(name)?.promise));
  }
  process.exit(0);
}
process.on("SIGTERM", stop).on("SIGINT", stop);

for (const [name, { folder }] of plans) {
  import(`${folder}/src/main.ts`).catch((error) => {
    crashes.get(name)?.(error);
    throw error;
  });
}
