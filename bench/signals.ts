import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { checkoutForm, createShopper } from "../e2e/shopper.ts";
import { readOptions } from "./options.ts";
import { cpuOf, memoryOf, servicesOf, spread } from "./services.ts";
import { openSink } from "./signals/sink.ts";

const help = `npm run bench:signals: what metrics, events and traces cost.

  --rounds N   so many rounds, in each of which every shop is visited once (default: 40)
  --pages N    so many pages a visit (default: 200)
  --port PORT  where the first shop is (default: 19300)

Five shops run at once and are visited in turn, so that whatever else the machine does, it does to all. CPU is what the
ten services of the shop took meanwhile, by the operating system, for pages of which five in a hundred are orders. Memory
is theirs at the end. The start is that of one service alone, the cart's. Linux alone can say it.`;

const values = readOptions(
  help,
  {
    rounds: { type: "string", default: "40" },
    pages: { type: "string", default: "200" },
    port: { type: "string", default: "19300" },
  },
  ["rounds", "pages", "port"],
);
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

/** A shop that runs, and what its visits took. */
interface Measured {
  readonly name: string;
  readonly url: string;
  readonly pids: readonly string[];
  readonly process: ChildProcess;
  /** Milliseconds of CPU for a page, all services together, by round. */
  readonly cpu: number[];
  /** What it has written so far. */
  readonly log: { lines: number; bytes: number };
}

async function open([name, environment]: [string, NodeJS.ProcessEnv], place: number): Promise<Measured> {
  const port = String(Number(values.port) + 30 * place);
  const url = `http://127.0.0.1:${port}`;
  const shop = spawn("npm", ["start", "--", "--port", port, "--json"], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, ...environment },
  });
  const log = { lines: 0, bytes: 0 };
  shop.stdout.on("data", (chunk: Buffer) => {
    log.bytes += chunk.length;
    log.lines += chunk.toString("latin1").split("\n").length - 1;
  });
  while (!(await fetch(url).then(({ ok }) => ok, no))) await new Promise((resolve) => setTimeout(resolve, 20));
  return { name, url, pids: servicesOf(port), process: shop, cpu: [], log };
}

const no = () => false;
const AT_ONCE = 4;
const products = ["OLJCESPC7Z", "66VCHSJNUP", "1YMWWN1N4O", "L9ECAV7KIM", "2ZYFJ3GM2N", "0PUK6V6EV0", "9SIQT8TOJO"];

/** So many pages by a few shoppers at once: in twenty, ten products, three carts, two additions, one order. */
async function visit(url: string, count: number): Promise<void> {
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

/** The middle half of some figures. */
function quartiles(figures: readonly number[]): string {
  const sorted = figures.toSorted((a, b) => a - b);
  return [0.25, 0.75].map((part) => sorted[Math.floor(part * sorted.length)]?.toFixed(2)).join("-");
}

const inWords = (figures: readonly number[], digits: number) => {
  const { median, low, high } = spread(figures);
  return `${median.toFixed(digits)} [${low.toFixed(digits)}-${high.toFixed(digits)}]`;
};

const shops: Measured[] = [];
for (const variant of Object.entries(variants)) shops.push(await open(variant, shops.length));
const WARM = 2_000;
for (const { name, url } of shops) {
  console.error(`warming up: ${name}`);
  await visit(url, WARM);
}
const written = shops.map(({ log }) => ({ ...log }));
for (let round = 0; round < Number(values.rounds); round++) {
  if (round % 10 === 0) console.error(`round ${round + 1} of ${values.rounds}`);
  // Each is first as often as it is last.
  for (const shop of [...shops.slice(round % shops.length), ...shops.slice(0, round % shops.length)]) {
    const before = cpuOf(shop.pids);
    await visit(shop.url, pages);
    shop.cpu.push(((cpuOf(shop.pids) - before) * 1_000) / pages);
  }
}
console.log("| signals | CPU-ms per page | against off | RSS MiB | PSS MiB | log lines per 1,000 pages | KiB |");
console.log("|---|---|---|---|---|---|---|");
const visited = (Number(values.rounds) * pages) / 1_000;
const off = spread(shops[0]?.cpu ?? []).median;
for (const [place, { name, cpu, pids, log }] of shops.entries()) {
  const { median } = spread(cpu);
  const [rss, pss] = memoryOf(pids);
  const { lines = 0, bytes = 0 } = written[place] ?? {};
  const columns = [
    `${median.toFixed(2)} [${quartiles(cpu)}]`,
    `${(((median - off) / off) * 100).toFixed(1)} %`,
    rss.toFixed(0),
    pss.toFixed(0),
    ((log.lines - lines) / visited).toFixed(0),
    ((log.bytes - bytes) / visited / 1_024).toFixed(1),
  ];
  console.log(`| ${[name, ...columns].join(" | ")} |`);
}
await Promise.all(shops.map(({ process }) => stop(process)));

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
