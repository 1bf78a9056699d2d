import { spawn } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { checkoutForm, createShopper } from "../e2e/shopper.ts";
import { memoryOf, servicesOf, spread } from "./services.ts";

const help = `npm run bench:start: how long a start takes, and how much memory the shop has.

  --runs N     so many starts after one that is not counted (default: 5)
  --port PORT  where (default: 19200)

Time counts from "npm start" to the page of the first paid order; memory is the sum over the ten services, RSS and PSS
(pages that processes share counted once), after that order and after 1,000 pages more. Linux alone can say it.`;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    port: { type: "string", default: "19200" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}
const url = `http://127.0.0.1:${values.port}`;

interface Run {
  readonly page: number;
  readonly order: number;
  readonly rss: number;
  readonly pss: number;
  readonly loadedRss: number;
  readonly loadedPss: number;
}

async function measure(): Promise<Run> {
  const since = performance.now();
  const shop = spawn("npm", ["start", "--", "--port", values.port], { stdio: "ignore" });
  while (
    !(await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await new Promise((resolve) => setTimeout(resolve, 10));
  const page = performance.now() - since;
  await buy();
  const order = performance.now() - since;
  const [rss, pss] = memoryOf(servicesOf(values.port));
  const shopper = createShopper(url);
  for (let pages = 0; pages < 250; pages++) {
    for (const path of ["/", "/product/OLJCESPC7Z", "/cart", "/search?q=kitchen"]) await shopper.get(path);
  }
  const [loadedRss, loadedPss] = memoryOf(servicesOf(values.port));
  shop.kill("SIGTERM");
  await once(shop, "exit");
  return { page, order, rss, pss, loadedRss, loadedPss };
}

async function buy(): Promise<void> {
  for (;;) {
    const shopper = createShopper(url);
    await shopper.post("/cart", { product_id: "OLJCESPC7Z", quantity: "1" });
    if ((await shopper.post("/cart/checkout", checkoutForm)).text.includes('id="order-id"')) return;
  }
}

await measure();
const runs: Run[] = [];
while (runs.length < Number(values.runs)) runs.push(await measure());

const rows: [string, keyof Run, string][] = [
  ["to the first page", "page", "ms"],
  ["to the first paid order", "order", "ms"],
  ["RSS after it", "rss", "MiB"],
  ["PSS after it", "pss", "MiB"],
  ["RSS after 1,000 pages", "loadedRss", "MiB"],
  ["PSS after 1,000 pages", "loadedPss", "MiB"],
];
for (const [what, key, unit] of rows) {
  const { median, low, high } = spread(runs.map((run) => run[key]));
  console.log(`${what.padEnd(26)} ${median.toFixed(0)} ${unit} [${low.toFixed(0)}-${high.toFixed(0)}]`);
}
