import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planNames } from "@boutique/loadgen/plan/plan-file";
import { readOptions } from "./options.ts";
import { loadsIn } from "./suite/loads.ts";

const usual = [
  "ten",
  "hundred",
  "thousand",
  "spike-200",
  "spike-1000",
  "endurance",
  "recovery",
  "stress-fast",
  "stress-rate",
  "plateaus-short",
];

const help = `npm run bench:loads: the plans of the load generator, each against a shop of its own on this machine.

  --plans A,B     (default: ${usual.join(",")}: three quarters of an hour)
  --out DIR       where reports are left (default: a new folder, which is named)
  --from DIR      run nothing, read what an earlier run left there
  --colocated     the shop in one process
  --port PORT     where (default: 23000)
  --json FILE     write what docs/performance.md is made of

  The plans: ${planNames().join(", ")}`;

const values = readOptions(help, {
  plans: { type: "string", default: usual.join() },
  out: { type: "string" },
  from: { type: "string" },
  colocated: { type: "boolean", default: false },
  port: { type: "string", default: "23000" },
  json: { type: "string" },
});
const plans = values.plans.split(",");
const unknown = plans.find((plan) => !planNames().includes(plan));
if (unknown !== undefined) {
  console.error(`--plans ${unknown}: the plans are ${planNames().join(", ")}`);
  process.exit(2);
}
const folder = values.from ?? values.out ?? mkdtempSync(join(tmpdir(), "boutique-loads-"));

async function run(plan: string): Promise<void> {
  console.error(`${plan}…`);
  const options = ["--port", values.port, ...(values.colocated ? ["--colocated"] : [])];
  const shop = spawn("npm", ["start", "--", ...options], { stdio: "ignore" });
  const load = ["--host", `http://127.0.0.1:${values.port}`, "--watch", values.port, "--out", join(folder, plan)];
  // It waits for the shop by itself; what it says of limits that were not kept is in the report.
  spawnSync("npm", ["run", "load", "--", plan, "--headless", "--no-metrics", "--wait-ready", "2m", ...load], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  shop.kill("SIGTERM");
  await once(shop, "exit");
}

if (!values.from) for (const plan of plans) await run(plan);
const loads = loadsIn(folder);
if (values.json) writeFileSync(values.json, `${JSON.stringify(loads, undefined, 1)}\n`);
for (const { plan, rate, failures, requests, p50, p99, findings } of loads) {
  console.log(
    `${plan.padEnd(16)} ${rate.toFixed(0)} req/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${failures} of ${requests} failed`,
  );
  for (const words of findings) console.log(`${" ".repeat(17)}${words}`);
}
console.log(`\nThe reports: ${folder}`);
