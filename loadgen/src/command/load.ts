import { dirname, join } from "node:path";
import { createCollector } from "../crew/collector.ts";
import type { Crew } from "../crew/crew.ts";
import { createLocalCrew } from "../crew/local.ts";
import { serveMetrics } from "../exporter/metrics-server.ts";
import { createOwnCrew } from "../load/alone.ts";
import type { Result } from "../results/result.ts";
import { watchShop } from "../shop/shop-watch.ts";
import { paintFor } from "../terminal/columns.ts";
import { summary } from "../terminal/summary.ts";
import { openWeb } from "../web/server.ts";
import { deliver, prepareFolders } from "./deliver.ts";
import { exitCodeOf, exitCodes } from "./exit.ts";
import { coloured, runHeadless } from "./headless.ts";
import { onInterrupt } from "./interrupt.ts";
import { commandOf } from "./manifest.ts";
import { createOperator, type Operator } from "./operator.ts";
import type { LoadCommand } from "./options.ts";
import { planFrom } from "./order.ts";
import { triesIn, waitForShop } from "./ready.ts";
import { createVoice, type Voice } from "./voice.ts";

const TRY_EVERY = 10;
const TRIES = 12;
const WATCH_EVERY = 1;
const MASTER_PORT = 5_557;

/** Makes a load, or offers to make loads on the web; resolves to the exit code. Throws what is wrong with the options. */
export async function runLoad(command: LoadCommand, args: readonly string[]): Promise<number> {
  const { asked, host, headless } = command;
  const order = { plan: planFrom(command), host };
  prepareFolders(asked);
  const voice = createVoice();
  const crew = await crewFor(command, voice.say);
  let undelivered = false;
  const codeFor = (code: number) => (undelivered ? exitCodes.invalid : code);
  const operator = createOperator(crew, {
    command: commandOf(args),
    async ready(shop, signal) {
      const wait = asked["wait-ready"];
      const tries = wait === undefined ? TRIES : triesIn(wait, TRY_EVERY);
      const oddity = await waitForShop(shop, { tries, apart: TRY_EVERY, say: voice.say, signal });
      if (oddity) voice.say(oddity);
    },
    watch: (startAt, tell) => (asked.watch ? watchShop(asked.watch, WATCH_EVERY, tell, startAt) : () => {}),
    finished(result) {
      if (!report(result, command, voice)) undelivered = true;
    },
  });
  const closing: (() => Promise<unknown>)[] = [operator.close];
  try {
    const metrics = await metricsFor(command, operator, voice.say);
    if (metrics) closing.push(metrics.close);
    if (headless) {
      onInterrupt(operator.stop);
      return codeFor(await runHeadless(operator, order, voice, asked["only-summary"] ?? false));
    }
    const { "web-host": webHost = "127.0.0.1", "web-port": webPort = 8_089 } = asked;
    const { users, spawnRate = 1, token, thresholds } = command;
    const start = { ...order, users, spawnRate, thresholds };
    const web = await openWeb(operator, start, { host: webHost, port: webPort, token });
    closing.push(web.close);
    voice.say(`The load generator is at ${web.url}  (Ctrl-C ends it)`);
    // What became of it is said by the page, and by the operator's trouble.
    let never = false;
    if (asked.autostart) {
      operator.start(order).catch((error: Error) => {
        voice.say(error.message);
        never = true;
      });
    }
    await new Promise<void>((resolve) => onInterrupt(resolve));
    await operator.close();
    const last = operator.result();
    return codeFor(last ? exitCodeOf(last) : never ? exitCodes.invalid : exitCodes.met);
  } finally {
    await Promise.all(closing.map((close) => close()));
  }
}

/**
 * Who does the work: workers that join, processes of this machine, or this one. Not this one where it draws a page
 * besides, since whoever is busy sees answers late.
 */
async function crewFor({ asked, token, headless }: LoadCommand, say: (words: string) => void): Promise<Crew> {
  const voices = { say, waiting: say };
  if (asked.master) {
    const { "master-bind-host": host = "127.0.0.1", "master-port": port = MASTER_PORT } = asked;
    return createCollector({ host, port, expect: asked["expect-workers"] ?? 1, token, ...voices });
  }
  const workers = asked.workers ?? asked.processes ?? 1;
  return workers > 1 || !headless ? createLocalCrew(workers, voices) : createOwnCrew();
}

/** The port that Prometheus reads. One that is taken is no reason to make no load, unless it was asked for. */
async function metricsFor({ asked }: LoadCommand, operator: Operator, say: (words: string) => void) {
  const { "metrics-port": port = 9_646, "metrics-host": host = "127.0.0.1" } = asked;
  if (asked["no-metrics"] || port === 0) return undefined;
  try {
    return await serveMetrics(operator, port, host);
  } catch (error) {
    const words = `--metrics-port ${port}: cannot listen there (${(error as NodeJS.ErrnoException).code})`;
    if (asked["metrics-port"] !== undefined) throw new Error(words);
    say(`${words}, so this load has no metrics`);
    return undefined;
  }
}

/** Says what became of a run and writes its files; whether all could be written. */
function report(result: Result, { asked }: LoadCommand, { say }: Voice): boolean {
  say(`\n${summary(result, paintFor(coloured(process.stdout))).join("\n")}`);
  const { written, problems } = deliver(result, asked);
  for (const words of problems) say(words);
  const elsewhere = written.filter((path) => !asked.out || dirname(path) !== join(asked.out));
  const all = [...(asked.out ? [`${asked.out} (${written.length - elsewhere.length} files)`] : []), ...elsewhere];
  if (all.length > 0) say(`\nWritten: ${all.join(", ")}`);
  return problems.length === 0;
}
