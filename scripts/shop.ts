import { names } from "../libs/contract/src/roster.ts";
import { type Options, readOptions } from "./shop/options.ts";
import { clock, forPeople, isNews, nameTag } from "./shop/people.ts";
import { hostPort, type Job, jobsFor, missed, type Plan, planFor, reachable } from "./shop/plan.ts";
import { takenPorts } from "./shop/ports.ts";
import { employ, type Listener, type Worker } from "./shop/worker.ts";

// The shop from one command: see help.ts for what it can be told. It is short of imports on purpose: what it loads
// before the services are begun is time that a person waits.

const STOP_WITHIN = 4_500;
const LONG_WAIT = 10_000;

const options = await readOrExit();
const plans = planFor(options, process.env);
const jobs = jobsFor(plans, options, process.argv.slice(2));
await portsOrExit();
const say = options.lines === "json" ? console.error : console.log;
const width = Math.max(...jobs.map(({ name }) => name.length), ...plans.map(({ workload }) => workload.length));
const tags = new Map(plans.map(({ name, workload }) => [workload, nameTag(workload, names.indexOf(name), width)]));
const tagOf = (job: Job, line = "") => {
  const [, service = job.name] = (job.plans.length > 1 && /"service":"(\w+)"/.exec(line)) || [];
  return tags.get(service) ?? nameTag(service, 0, width);
};
const readyAfter = new Map<Plan, number>();
let stopping: Promise<void> | undefined;

const listener: Listener = {
  wrote(job, line, stream) {
    if (options.lines === "json") (stream === "stdout" ? process.stdout : process.stderr).write(`${line}\n`);
    else if (options.lines === "all" || isNews(line)) console.log(forPeople(line, tagOf(job, line)));
  },
  serves(plan, after) {
    const known = readyAfter.size;
    readyAfter.set(plan, after);
    if (known === plans.length)
      news(tags.get(plan.workload) ?? "", `serves again after ${(after / 1_000).toFixed(2)} s`);
    else if (readyAfter.size === plans.length) void welcome();
  },
  news: (job, words) => news(tagOf(job), words),
  gaveUp: ({ name }) => void stop(`${name} cannot start: stopping everything…`, 1),
};
const news = (tag: string, words: string) => say(`${clock(new Date())}  ${tag}  ${words}`);

for (const workload of missed(options, process.env))
  say(`Without ${workload} not everything works: pages that need it fail.`);
const workers: readonly Worker[] = jobs.map((job) => employ(job, listener, { mendable: options.watch }));

// Ctrl-C reaches this process from the terminal and again from npm and run.mjs, who pass it on: one wish, said thrice.
let asked = 0;
const ask = () => {
  if (asked > 0 && performance.now() - asked > 500) {
    for (const worker of workers) worker.kill();
    process.exit(1);
  }
  asked ||= performance.now();
  void stop("stopping…", 0);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, ask);
// Whoever started the shop, or whoever read it, is gone.
const leave = () => void stop("stopping…", 0);
process.once("disconnect", leave).channel?.unref();
for (const stream of [process.stdout, process.stderr]) stream.on("error", leave);

const waiting = setInterval(() => {
  const late = plans.filter((plan) => !readyAfter.has(plan)).map(({ workload }) => workload);
  if (late.length === 0) return clearInterval(waiting);
  if (!stopping) say(`still waiting for ${late.join(", ")} to serve (--verbose shows what they say)`);
}, LONG_WAIT).unref();

if (options.watch) {
  const { watchFiles } = await import("./shop/watch.ts");
  watchFiles((files, affected) => {
    const hit = workers.filter(({ job }) => job.plans.some(({ name }) => affected.includes(name)));
    if (stopping || hit.length === 0) return;
    const more = files.length > 1 ? ` and ${files.length - 1} more` : "";
    say(`${clock(new Date())}  ${files[0]}${more} changed: restarting ${hit.map(({ job }) => job.name).join(", ")}`);
    for (const worker of hit) void worker.restart();
  });
}

async function welcome(): Promise<void> {
  const { tableOf } = await import("./shop/table.ts");
  const host = reachable(options.host);
  const rows = workers.flatMap(({ job, pid }) =>
    job.plans.map((plan) => ({ plan, host, pid: pid(), after: readyAfter.get(plan) ?? 0 })),
  );
  const up = `ready in ${(performance.now() / 1_000).toFixed(2)} s, Ctrl-C stops it`;
  const url = options.chosen.includes("frontend")
    ? `The shop is open: http://${hostPort(host, options.port)}${process.env.BASE_URL ?? ""}`
    : `Up: ${plans.length} of the services`;
  say(`\n${tableOf(rows)}\n\n${url}  (${up})\n`);
}

/** The storefront first, so that nothing new comes in, then all others, who have nothing left to do. */
function stop(words: string, code: number): Promise<void> {
  stopping ??= (async () => {
    say(words);
    const late = performance.now() + STOP_WITHIN;
    const isFirst = ({ job }: Worker) => job.plans.some(({ name }) => name === "frontend");
    const [first, rest] = [true, false].map((is) => workers.filter((worker) => isFirst(worker) === is));
    for (const group of [first, rest]) {
      await Promise.all(group?.map((worker) => worker.end(late - performance.now())) ?? []);
    }
    process.exit(code);
  })();
  return stopping;
}

async function readOrExit(): Promise<Options> {
  try {
    const read = readOptions(process.argv.slice(2), process.env);
    if (read) return read;
    const { help } = await import("./shop/help.ts");
    console.log(help);
    process.exit(0);
  } catch (error) {
    console.error(`${(error as Error).message}. All options: npm start -- --help`);
    process.exit(1);
  }
}

async function portsOrExit(): Promise<void> {
  const ports = [...new Set(plans.flatMap((plan: Plan) => Object.values(plan.ports)))];
  const [first] = await takenPorts(options.host, ports);
  if (!first) return;
  const { port, code } = first;
  if (code === "EADDRINUSE") {
    const { holderOf } = await import("./shop/holder.ts");
    const other = options.port < 18_080 ? 18_080 : options.port - 10_000;
    console.error(`Port ${port} is taken by ${holderOf(port) ?? "another process"}: npm start -- --port ${other}`);
  } else console.error(`Cannot listen on ${hostPort(options.host, port)}: ${code}`);
  process.exit(1);
}
