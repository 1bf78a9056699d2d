import { names, roster } from "@boutique/contract/roster";
import { afterAll, beforeAll, expect, it } from "vitest";
import { kubectl } from "./cluster.ts";
import { complaintsIn, lastComplaintsOf } from "./complaints.ts";
import { believable, type Outcome, startLoad } from "./load.ts";
import { podsOf } from "./pods.ts";
import { openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await shop.applyFolder("base");
}, 200_000);
afterAll(() => shop?.remove(), 240_000);

it("no request is lost while every Deployment is replaced under fifty pages a second", async () => {
  const { requests, failures, rate, report } = await believable(replacedUnderLoad);

  console.log(`${requests} requests, ${rate} a second, ${failures} failed, while ten Deployments were replaced`);
  expect(rate, report).toBeGreaterThan(45);
  expect(requests, report).toBeGreaterThan(1_000);
  expect(failures, report).toBe(0);
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
