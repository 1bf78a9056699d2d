import { names, roster } from "@boutique/contract/roster";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createShopper } from "../shopper.ts";
import { kubectl } from "./cluster.ts";
import { startCollector } from "./collector.ts";
import { through } from "./forward.ts";
import { sentBy } from "./load.ts";
import { openShop, type Shop } from "./shop.ts";

// One shop, to which the components are put on top one after another; those of Redis, of policies and of scaling have
// tests of their own, those of overlays are seen there.
let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
}, 150_000);
afterAll(() => shop?.remove(), 240_000);

const inFront = <T>(act: (url: string) => Promise<T>) =>
  through(shop.namespace, "service/frontend", 80, (address) => act(`http://${address}`));
const ordered = { orderId: expect.stringMatching(/^[0-9a-f-]{36}$/) };
const get = (path: string) => inFront(async (url) => (await fetch(url + path)).status);

describe("tracing", () => {
  it("hurts nobody while there is no collector, and reaches one that comes later with spans of all", async () => {
    await shop.apply(["tracing"]);
    await shop.buy();

    const collector = await startCollector(shop.namespace);

    const heard = async () => {
      await shop.buy();
      return collector.heard();
    };
    const all = names.map((name) => roster[name].workload as string).sort();
    await expect.poll(heard, { timeout: 60_000, interval: 2_000 }).toEqual(all);
  }, 180_000);
});

describe("demo-faults-v3", () => {
  it("shows another storefront, three seconds late", async () => {
    await shop.apply(["demo-faults-v3"]);

    const { page, late } = await inFront(async (url) => {
      const since = performance.now();
      const page = await (await fetch(url)).text();
      return { page, late: performance.now() - since };
    });
    expect(page).toMatch(/<title>[^<]*\bv3\b/);
    expect(late).toBeGreaterThanOrEqual(2_990);
    expect(await get("/v3.txt")).toBe(200);
  }, 150_000);

  it("sells to the patient", async () => {
    expect(await shop.buy()).toMatchObject(ordered);
  }, 90_000);
});

describe("demo-faults-v-error and single-shared-session", () => {
  beforeAll(() => shop.apply(["demo-faults-v-error", "single-shared-session"]), 150_000);

  it("fails about half of the product pages, and no other", async () => {
    const tries = Array.from({ length: 40 });
    const ask = (path: string) =>
      inFront((url) => Promise.all(tries.map(async () => (await fetch(url + path)).status)));
    const failed = (await ask("/product/OLJCESPC7Z")).filter((status) => status === 500).length;
    expect(failed).toBeGreaterThan(5);
    expect(failed).toBeLessThan(35);
    expect(new Set(await ask("/cart"))).toEqual(new Set([200]));
    expect(await get("/v-error.txt")).toBe(200);
    expect(await get("/v3.txt")).toBe(404);
  }, 150_000);

  it("gives one cart to all", async () => {
    await inFront(async (url) => {
      const [one, another] = [createShopper(url), createShopper(url)];
      await one.post("/cart/empty");
      await one.post("/cart", { product_id: "6E92ZMYYFZ", quantity: "3" });

      const { text } = await another.get("/cart");
      expect(text).toContain("6E92ZMYYFZ");
    });
  }, 60_000);

  it("sells to who tries again", () => shop.sellsAgain(), 60_000);
});

describe("base-url and load-generator", () => {
  beforeAll(async () => {
    // First the path: where a storefront still is without it, shoppers would fail.
    await shop.apply(["base-url"]);
    await shop.apply(["base-url", "load-generator"]);
  }, 200_000);

  it("sells below the path, and has nothing beside it", async () => {
    expect(await shop.buy("/online-boutique")).toMatchObject(ordered);
    expect(await get("/cart")).toBe(404);
  }, 60_000);

  it("has shoppers who ask for pages without one failure", async () => {
    const some = async () => (await sentBy(shop.namespace)).requests;

    await expect.poll(some, { timeout: 60_000, interval: 2_000 }).toBeGreaterThan(20);
    expect((await sentBy(shop.namespace)).failures).toBe(0);
  }, 150_000);
});

describe("any-user and without-public-endpoint", () => {
  // On a volume of its own: what another user wrote there is not for this one to change.
  let another: Shop;
  beforeAll(async () => {
    another = await openShop();
  }, 90_000);
  afterAll(() => another?.remove(), 240_000);

  it("sells as whom the cluster says, by the inner way alone", async () => {
    await another.apply(["any-user", "without-public-endpoint"], [asOpenShiftDoes]);

    expect(await another.buy()).toMatchObject(ordered);
    const services = await kubectl("get", "services", "--output=name", "--namespace", another.namespace);
    expect(services.split("\n")).toContain("service/frontend");
    expect(services).not.toContain("frontend-external");
  }, 120_000);
});

const asOpenShiftDoes = {
  target: { kind: "(Deployment|StatefulSet)" },
  patch: JSON.stringify([
    { op: "add", path: "/spec/template/spec/securityContext/runAsUser", value: 1_000_650_000 },
    { op: "add", path: "/spec/template/spec/securityContext/fsGroup", value: 1_000_650_000 },
  ]),
};
