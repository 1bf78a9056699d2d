import { names, roster } from "@boutique/contract/roster";
import { afterAll, beforeAll, expect, it } from "vitest";
import { kubectl } from "./cluster.ts";
import { type Load, startLoad } from "./load.ts";
import { podsOf } from "./pods.ts";
import { openShop, type Shop } from "./shop.ts";

// Every Deployment is replaced while shoppers ask for fifty pages a second, orders among them.
let shop: Shop;
let load: Load;

beforeAll(async () => {
  shop = await openShop();
  await shop.applyFolder("base");
  // A task is a page or two: forty-three of them are fifty pages.
  load = await startLoad(shop.namespace, "--rate", "43", "--profile", "whole", "--fail-ratio", "0");
}, 200_000);
afterAll(() => shop?.remove(), 240_000);

const here = () => ["--namespace", shop.namespace, "--timeout=80s"];

it.each(names.map((name) => roster[name].workload))(
  "%s is replaced",
  async (workload) => {
    const old = await podsOf(shop.namespace, workload);

    await kubectl("rollout", "restart", `deployment/${workload}`, "--namespace", shop.namespace);
    await kubectl("rollout", "status", `deployment/${workload}`, ...here());
    await kubectl("wait", "--for=delete", ...old.map(({ metadata: { name } }) => `pod/${name}`), ...here());
  },
  90_000,
);

it("has lost no request by that", async () => {
  const { requests, failures, rate, exitCode, report } = await load.end();

  console.log(`${requests} requests, ${rate} a second, ${failures} failed, while ten Deployments were replaced`);
  expect(rate, report).toBeGreaterThan(45);
  expect(requests, report).toBeGreaterThan(1_000);
  expect(failures, report).toBe(0);
  // 3 says that the node was too busy to believe its latencies, which nobody asks for here.
  expect([0, 3], report).toContain(exitCode);
}, 60_000);
