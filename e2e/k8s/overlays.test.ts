import { names, roster } from "@boutique/contract/roster";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { overlays } from "../artefacts/manifests.ts";
import { get } from "./cluster.ts";
import { complaintsIn } from "./complaints.ts";
import { expectFreePort, type Service } from "./door.ts";
import { podsOf, restartsIn } from "./pods.ts";
import { openShop, type Shop } from "./shop.ts";
import { expectReadySoon, expectRemoved } from "./whole.ts";

const optional = names.filter((name) => roster[name].optional).map((name) => roster[name].workload);

describe.each(overlays)("the overlay %s", (overlay) => {
  let shop: Shop;
  beforeAll(async () => {
    await expectFreePort();
    shop = await openShop();
  }, 90_000);
  afterAll(() => shop?.remove(), 240_000);

  it("is ready within 30 seconds, without a warning, and sells", async () => {
    onTestFailed(async () => console.log((await complaintsIn(shop.namespace)).join("\n")));
    await expectReadySoon(shop, `overlays/${overlay}`);

    const pods = await podsOf(shop.namespace);
    expect(restartsIn(pods)).toEqual({});
    expect(await shop.buy()).toMatchObject({ orderId: expect.stringMatching(/^[0-9a-f-]{36}$/) });

    const running = new Set(pods.map(({ metadata }) => String(metadata.labels?.app)));
    expect(optional.filter((workload) => running.has(workload))).toEqual(overlay === "minimal" ? [] : optional);
    expect(running.has("loadgenerator")).toBe(overlay === "gke");
    const [door] = await get<Service>("service", "frontend-external", "--namespace", shop.namespace);
    expect(door?.spec.type).toBe(overlay === "gke" ? "LoadBalancer" : "NodePort");
  }, 150_000);

  it("is removed without a trace", () => expectRemoved(shop, `overlays/${overlay}`), 180_000);
});
