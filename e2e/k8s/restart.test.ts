import { names, roster } from "@boutique/contract/roster";
import { afterAll, beforeAll, expect, it } from "vitest";
import { kubectl } from "./cluster.ts";
import { complaintsIn, lastComplaintsOf } from "./complaints.ts";
import { type Outcome, startLoad } from "./load.ts";
import { podsOf } from "./pods.ts";
import { openShop, type Shop } from "./shop.ts";

// What the load generator exits with when it was too busy itself to be believed: such a load proves nothing, for or against.
const VOID = 3;
const MOST_LOADS = 3;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await shop.applyFolder("base");
}, 200_000);
afterAll(() => shop?.remove(), 240_000);

it("no request is lost while every Deployment is replaced under fifty pages a second", async () => {
  let outcome = await replacedUnderLoad();
  for (let loads = 1; outcome.exitCode === VOID && outcome.failures > 0 && loads < MOST_LOADS; loads += 1) {
    console.log("the node was too busy to tell: once more");
    outcome = await replacedUnderLoad();
  }

  const { requests, failures, rate, exitCode, report } = outcome;
  console.log(`${requests} requests, ${rate} a second, ${failures} failed, while ten Deployments were replaced`);
  expect(rate, report).toBeGreaterThan(45);
  expect(requests, report).toBeGreaterThan(1_000);
  expect(failures, report).toBe(0);
  expect([0, VOID], report).toContain(exitCode);
}, 900_000);

/** Replaces all pods of each Deployment, one after the other, while shoppers come and order. */
async function replacedUnderLoad(): Promise<Outcome> {
  // A task is a page or two: forty-three of them are fifty pages.
  const load = await startLoad(shop.namespace, "--rate", "43", "--profile", "whole", "--fail-ratio", "0");
  const said: Promise<string>[] = [];
  for (const { workload } of names.map((name) => roster[name])) said.push(...(await replace(workload)));
  const outcome = await load.end();
  const all = [...(await Promise.all(said)), ...(await complaintsIn(shop.namespace))];
  return { ...outcome, report: [outcome.report, ...all].join("\n") };
}

/** Replaces all pods of a workload; returns what the old ones complained of until they were gone. */
async function replace(workload: string): Promise<Promise<string>[]> {
  const here = ["--namespace", shop.namespace, "--timeout=80s"];
  const old = await podsOf(shop.namespace, workload);
  const said = old.map(lastComplaintsOf);
  await kubectl("rollout", "restart", `deployment/${workload}`, "--namespace", shop.namespace);
  await kubectl("rollout", "status", `deployment/${workload}`, ...here);
  await kubectl("wait", "--for=delete", ...old.map(({ metadata: { name } }) => `pod/${name}`), ...here);
  return said;
}
