import { names, roster } from "@boutique/contract/roster";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kubectl, run } from "./cluster.ts";
import { podsOf, restartsIn } from "./pods.ts";
import { openShop, type Shop } from "./shop.ts";
import { expectReadySoon, expectRemoved } from "./whole.ts";

// The base in a namespace that takes no pod which the restricted profile refuses.
let shop: Shop;
const workloads = names.map((name) => roster[name].workload);

beforeAll(async () => {
  shop = await openShop();
}, 90_000);
afterAll(() => shop?.remove(), 240_000);

describe("the base", () => {
  it("is applied without a warning, and ready within 30 seconds", async () => {
    await expectReadySoon(shop, "base");

    expect([...new Set((await podsOf(shop.namespace)).map(({ metadata }) => metadata.labels?.app))].sort()).toEqual(
      [...workloads, "redis-cart"].sort(),
    );
  }, 60_000);

  it("sells", async () => {
    expect(await shop.buy()).toMatchObject({ orderId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  }, 60_000);

  it.each(workloads)("%s has no rights, and nothing to write to", async (workload) => {
    expect(JSON.parse(await inside(workload, lookAround))).toEqual({
      user: 1000,
      capabilities: "0000000000000000",
      seccomp: "2",
      noNewPrivileges: "1",
      root: "EROFS",
      app: "EROFS",
      token: "ENOENT",
    });
  });

  it("lets one pod of the storefront be evicted, and not the other one at the same time", async () => {
    const [first, second] = await podsOf(shop.namespace, "frontend");

    await evict(first?.metadata.name);
    await expect(evict(second?.metadata.name)).rejects.toThrow(/disruption budget/);

    await shop.settled();
    await shop.buy();
  }, 90_000);

  it("has started no container twice", async () => {
    expect(restartsIn(await podsOf(shop.namespace))).toEqual({});
  });

  it("is removed without a trace", async () => {
    await expectRemoved(shop, "base");
  }, 180_000);
});

const inside = (workload: string, script: string) =>
  kubectl("exec", "--namespace", shop.namespace, `deployment/${workload}`, "--", "node", "-e", script);

const lookAround = `
  const fs = require("node:fs");
  const status = fs.readFileSync("/proc/1/status", "utf8");
  const field = (name) => new RegExp("^" + name + ":\\\\s+(\\\\S+)", "m").exec(status)[1];
  const problem = (act) => { try { act(); } catch (error) { return error.code; } };
  console.log(JSON.stringify({
    user: process.getuid(),
    capabilities: field("CapBnd"),
    seccomp: field("Seccomp"),
    noNewPrivileges: field("NoNewPrivs"),
    root: problem(() => fs.writeFileSync("/written", "")),
    app: problem(() => fs.writeFileSync("/app/written", "")),
    token: problem(() => fs.readdirSync("/var/run/secrets/kubernetes.io")),
  }));`;

function evict(name = "") {
  const path = `/api/v1/namespaces/${shop.namespace}/pods/${name}/eviction`;
  const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace: shop.namespace } };
  return run(["create", `--raw=${path}`, "--filename=-"], JSON.stringify(eviction));
}
