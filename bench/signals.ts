import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { checkoutForm, createShopper } from "../e2e/shopper.ts";
import { cpuOf, memoryOf, servicesOf, spread } from "./services.ts";
import { openSink } from "./signals/sink.ts";

const help = `npm run bench:signals: what metrics, events and traces cost.

  --rounds N   so many rounds, each with every variant once, in turn (default: 5)
  --pages N    so many pages in each (default: 3000)
  --port PORT  where (default: 19300)

CPU is what the ten services took, by the operating system, for pages of which five in a hundred are orders. Memory is theirs after it. The start is that of one service alone, the cart's. Linux alone can say it.`;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    pages: { type: "string", default: "3000" },
    port: { type: "string", default: "19300" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}
const url = `http://127.0.0.1:${values.port}`;
const pages = Number(values.pages);
const sink = await openSink();

const traced = (share: number) => ({
  ENABLE_TRACING: "1",
  COLLECTOR_SERVICE_ADDR: sink,
  OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
  OTEL_TRACES_SAMPLER_ARG: String(share),
});
const variants: Record<string, NodeJS.ProcessEnv> = {
  off: { NODE_OPTIONS: `--import=${new URL("signals/off.ts", import.meta.url)}` },
  "metrics and events": {},
  "and 1 % of traces": traced(0.01),
  "and 10 % of traces": traced(0.1),
  "and all traces": traced(1),
};

interface Run {
  /** Milliseconds of CPU for a page, all services together. */
  readonly cpu: number;
  /** MiB, of all services together. */
  readonly rss: number;
  readonly pss: number;
  /** Lines and bytes of log for 1,000 pages. */
  readonly lines: number;
  readonly bytes: number;
}

async function measure(environment: NodeJS.ProcessEnv): Promise<Run> {
  const shop = spawn("npm", ["start", "--", "--port", values.port, "--json"], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, ...environment },
  });
  let bytes = 0;
  let lines = 0;
  shop.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    lines += chunk.toString("latin1").split("\n").length - 1;
  });
  while (!(await fetch(url).then(({ ok }) => ok, no))) await new Promise((resolve) => setTimeout(resolve, 20));
  await visit(Math.ceil(pages / 3));
  const pids = servicesOf(values.port);
  const before = { cpu: cpuOf(pids), bytes, lines };
  await visit(pages);
  const cpu = ((cpuOf(pids) - before.cpu) * 1_000) / pages;
  const [rss, pss] = memoryOf(pids);
  const written = { lines: ((lines - before.lines) * 1_000) / pages, bytes: ((bytes - before.bytes) * 1_000) / pages };
  await stop(shop);
  return { cpu, rss, pss, ...written };
}

const no = () => false;
const AT_ONCE = 4;
const products = ["OLJCESPC7Z", "66VCHSJNUP", "1YMWWN1N4O", "L9ECAV7KIM", "2ZYFJ3GM2N", "0PUK6V6EV0", "9SIQT8TOJO"];

/** So many pages by a few shoppers at once: in twenty, ten products, three carts, two additions, one order. */
async function visit(count: number): Promise<void> {
  let left = count;
  const shop = async () => {
    const { get, post } = createShopper(url);
    for (let turn = 0; left > 0; turn++) {
      left -= 1;
      const product_id = products[turn % products.length] ?? "";
      const step = turn % 20;
      if (step === 0) await get("/");
      else if (step === 1 || step === 2) await post("/setCurrency", { currency_code: step === 1 ? "EUR" : "USD" });
      else if (step === 3 || step === 4) await post("/cart", { product_id, quantity: "1" });
      else if (step >= 16 && step < 19) await get("/cart");
      else if (step === 19) await post("/cart/checkout", checkoutForm);
      else await get(`/product/${product_id}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, shop));
}

async function stop(shop: ChildProcess): Promise<void> {
  shop.kill("SIGTERM");
  await once(shop, "exit");
}

/** From the beginning of the process to SERVING, in milliseconds, and its RSS and PSS then, in MiB. */
async function begin(environment: NodeJS.ProcessEnv): Promise<[number, number, number]> {
  const since = performance.now();
  const main = new URL("../services/cart/src/main.ts", import.meta.url).pathname;
  const service = spawn(process.execPath, ["--max-semi-space-size=1", main], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PORT: "0", METRICS_PORT: "0", ...environment },
  });
  let written = "";
  for await (const chunk of service.stdout) {
    written += chunk;
    if (written.includes('"status":"SERVING"')) break;
  }
  const took = performance.now() - since;
  const [rss, pss] = memoryOf([String(service.pid)]);
  service.kill("SIGTERM");
  await once(service, "exit");
  return [took, rss, pss];
}

const inWords = (figures: readonly number[], digits: number) => {
  const { median, low, high } = spread(figures);
  return `${median.toFixed(digits)} [${low.toFixed(digits)}-${high.toFixed(digits)}]`;
};

const runs = new Map(Object.keys(variants).map((name) => [name, [] as Run[]]));
for (let round = 1; round <= Number(values.rounds); round++) {
  for (const [name, environment] of Object.entries(variants)) {
    console.error(`round ${round} of ${values.rounds}: ${name}`);
    runs.get(name)?.push(await measure(environment));
  }
}
console.log("| signals | CPU-ms per page | against off | RSS MiB | PSS MiB | log lines per 1,000 pages | KiB |");
console.log("|---|---|---|---|---|---|---|");
const off = spread((runs.get("off") ?? []).map(({ cpu }) => cpu)).median;
for (const [name, own] of runs) {
  const of = (key: keyof Run) => own.map((run) => run[key]);
  const { median } = spread(of("cpu"));
  const more = `${(((median - off) / off) * 100).toFixed(1)} %`;
  const log = `${spread(of("lines")).median.toFixed(0)} | ${(spread(of("bytes")).median / 1_024).toFixed(1)}`;
  console.log(
    `| ${name} | ${inWords(of("cpu"), 2)} | ${more} | ${inWords(of("rss"), 0)} | ${inWords(of("pss"), 0)} | ${log} |`,
  );
}

const starts: Record<string, [number, number, number][]> = { "tracing off": [], "tracing on": [] };
for (let turn = 0; turn < 12; turn++) {
  const [without, withTraces] = [await begin({}), await begin(traced(1))];
  // The first ones fill the compile cache.
  if (turn < 2) continue;
  starts["tracing off"]?.push(without);
  starts["tracing on"]?.push(withTraces);
}
console.log("\n| one service | to SERVING, ms | RSS MiB | PSS MiB |");
console.log("|---|---|---|---|");
for (const [name, own] of Object.entries(starts)) {
  const columns = [0, 1, 2].map((at) =>
    inWords(
      own.map((figures) => figures[at] ?? 0),
      0,
    ),
  );
  console.log(`| ${name} | ${columns.join(" | ")} |`);
}
process.exit(0);
