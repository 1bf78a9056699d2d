import { afterAll, beforeAll, expect, it } from "vitest";
import { isReady, kubectl, type Pod } from "./cluster.ts";
import { believable, startLoad } from "./load.ts";
import { podsOf, untilPods } from "./pods.ts";
import { openShop, type Shop } from "./shop.ts";

let shop: Shop;
const least = 2;

// The component wants two minutes of calm before it takes a pod away, and a load that small machines cannot make before it
// brings one: a test has neither.
const impatient = {
  target: { kind: "HorizontalPodAutoscaler", name: "frontend" },
  patch: JSON.stringify([
    { op: "replace", path: "/spec/behavior/scaleDown/stabilizationWindowSeconds", value: 15 },
    { op: "replace", path: "/spec/metrics/0/resource/target/averageValue", value: "50m" },
  ]),
};

beforeAll(async () => {
  shop = await openShop();
  await expectMetrics();
  await shop.apply(["hpa"], [impatient]);
}, 200_000);
afterAll(() => shop?.remove(), 240_000);

const pods = async () =>
  (await podsOf(shop.namespace, "frontend")).filter(({ metadata }) => !metadata.deletionTimestamp);

it("has two of the storefront, though nobody says how many it is to have", async () => {
  await expect.poll(async () => (await pods()).length, { timeout: 60_000, interval: 1_000 }).toBe(least);
}, 90_000);

it("gets more of them under load, which they serve", async () => {
  const { failures, requests, report } = await believable(async () => {
    const load = await startLoad(shop.namespace, "--rate", "80", "--fail-ratio", "0");
    const most = await untilPods(shop.namespace, "frontend", (pods) => pods.length > least, 120);
    console.log(`${most.length} of the storefront`);
    await untilPods(shop.namespace, "frontend", ready, 60);
    return load.end();
  });

  console.log(report);
  expect(requests).toBeGreaterThan(500);
  expect(failures).toBe(0);
}, 500_000);

it("goes back to two when the load is over", async () => {
  await expect.poll(async () => (await pods()).length, { timeout: 240_000, interval: 1_000 }).toBe(least);
  await shop.buy();
}, 300_000);

const ready = (all: readonly Pod[]) => all.filter(isReady).length > least;

async function expectMetrics(): Promise<void> {
  await kubectl("top", "node").catch(({ message }) => {
    throw new Error(`the cluster measures no CPU, so nothing can be scaled by it: install metrics-server. ${message}`);
  });
}
