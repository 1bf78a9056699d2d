import type { Name } from "../../libs/contract/src/roster.ts";
import { createNeighbours } from "../../libs/rpc/src/memory.ts";
import { type Home, type LastWords, moveIn } from "../../libs/runtime/src/home.ts";
import { readOptions } from "./options.ts";
import { planFor } from "./plan.ts";

// The services of a shop in one process: what `npm start -- --colocated` runs, by the same options.

const options = readOptions(process.argv.slice(2), process.env);
if (!options) throw new Error("its options are those of npm start");
const replica = Number(process.env.REPLICA ?? 0);
const own = planFor(options, process.env).filter((plan) => plan.replica === replica);
const plans = new Map(own.map((plan) => [plan.name, plan]));

const stops = new Map([...plans.keys()].map((name) => [name, Promise.withResolvers<void>()]));
const lastWords = new Map<Name, LastWords>();
const left = new Map([...plans.keys()].map((name) => [name, Promise.withResolvers<void>()]));

const home: Home = {
  environment: (name) => plans.get(name)?.environment ?? {},
  stopped: (name) => stops.get(name)?.promise ?? Promise.resolve(),
  leave(name, code) {
    if (code !== 0) process.exit(code);
    left.get(name)?.resolve();
  },
  onCrash: (name, last) => void lastWords.set(name, last),
  neighbours: createNeighbours(),
  lives: (name) => plans.has(name),
  services: plans.size,
};
moveIn(home);

/** Ends the process by an error: one says it, all save what they have counted. */
function crash(error: unknown, by: Name | undefined): never {
  const [speaker] = [by && lastWords.get(by), ...lastWords.values()].filter((known) => known !== undefined);
  if (speaker) speaker.tell(error);
  else console.error(error);
  for (const { save } of lastWords.values()) save();
  process.exit(1);
}

// Whose error it is, nobody can tell once it was thrown between the calls; its stack names the file.
process.on("uncaughtException", (error) => crash(error, "frontend"));

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

for (const [name, { folder }] of plans) import(`${folder}/src/main.ts`).catch((error) => crash(error, name));
