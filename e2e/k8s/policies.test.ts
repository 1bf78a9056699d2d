import { metricsPort, type Name, names, roster } from "@boutique/contract/roster";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create } from "./cluster.ts";
import { callGraph, edge, reachable, type Target } from "./edges.ts";
import { image, restricted } from "./image.ts";
import { sentBy } from "./load.ts";
import { openNamespace, removeNamespace } from "./namespace.ts";
import { podsOf, untilReady } from "./pods.ts";
import { openShop, type Shop } from "./shop.ts";

// Who can reach whom: without policies everybody everyone, so that a connection which fails with them is their doing.
let shop: Shop;
let elsewhere: string;
const workloads = names.map((name) => roster[name].workload);

beforeAll(async () => {
  [shop, elsewhere] = await Promise.all([openShop(), openNamespace()]);
  await create(bystander("stranger", {}), bystander("prometheus", { "app.kubernetes.io/name": "prometheus" }));
  await shop.applyFolder("base");
  await Promise.all(["stranger", "prometheus"].map((name) => untilReady(elsewhere, name, 1)));
}, 200_000);
afterAll(async () => {
  await Promise.all([shop?.remove(), elsewhere && removeNamespace(elsewhere)]);
}, 120_000);

describe("without policies", () => {
  it("everybody reaches everyone", async () => {
    expect(await edges()).toEqual(workloads.flatMap((from) => others(from).map((to) => edge(from, to))).sort());
  }, 60_000);

  it("everybody reads the metrics of everyone", async () => {
    expect(await metricsReadBy("stranger")).toEqual([...workloads].sort());
  }, 60_000);
});

describe("with policies", () => {
  beforeAll(async () => {
    await shop.apply(["network-policies"]);
  }, 90_000);

  it("the network enforces them", async () => {
    const [redis] = await podsOf(shop.namespace, "redis-cart");
    const store = { name: "redis-cart", host: String(redis?.status.podIP), port: 6379 };
    const reached = () => reachable(elsewhere, "stranger", [store]);

    const words = "the network of this cluster enforces no policies: use one that does (minikube: --cni=calico)";
    await expect.poll(reached, { timeout: 20_000, interval: 500, message: words }).toEqual([]);
  }, 60_000);

  it("each workload reaches those that it calls, and nobody else", async () => {
    await expect.poll(edges, { timeout: 30_000 }).toEqual(callGraph);
  }, 60_000);

  it("no workload reads the metrics of another", async () => {
    const targets = await metricsTargets();
    const read = await Promise.all(
      workloads.map((from) =>
        reachable(
          shop.namespace,
          `deployment/${from}`,
          targets.filter(({ name }) => name !== from),
        ),
      ),
    );

    expect(read.flat()).toEqual([]);
  }, 60_000);

  it("Prometheus reads all metrics, a stranger none", async () => {
    expect(await metricsReadBy("prometheus")).toEqual([...workloads].sort());
    expect(await metricsReadBy("stranger")).toEqual([]);
  }, 60_000);

  it("a stranger sees the storefront, and nothing behind it", async () => {
    const targets = [...services("."), target("redis-cart", 6379)].map(({ host, ...rest }) => ({
      ...rest,
      host: `${host}.${shop.namespace}`,
    }));

    expect(await reachable(elsewhere, "stranger", targets)).toEqual(["frontend"]);
  }, 60_000);

  it("the shop sells, also to the load generator", async () => {
    await shop.sellsAgain();

    await shop.apply(["network-policies", "load-generator"]);
    const some = async () => (await sentBy(shop.namespace)).requests;
    await expect.poll(some, { timeout: 60_000, interval: 2_000 }).toBeGreaterThan(20);
    expect((await sentBy(shop.namespace)).failures).toBe(0);
  }, 150_000);
});

const target = (host: string, port: number): Target => ({ name: host, host, port });
const others = (from: string) => [...workloads, "redis-cart"].filter((name) => name !== from);

const servicePort = (name: Name) => {
  const { port, ...rest } = roster[name];
  return "servicePort" in rest ? rest.servicePort : port;
};

const services = (except: string) =>
  names.map((name) => target(roster[name].workload, servicePort(name))).filter(({ host }) => host !== except);

async function edges(): Promise<string[]> {
  const found = await Promise.all(
    workloads.map(async (from) => {
      const targets = [...services(from), target("redis-cart", 6379)];
      return (await reachable(shop.namespace, `deployment/${from}`, targets)).map((to) => edge(from, to));
    }),
  );
  return found.flat().sort();
}

async function metricsTargets(): Promise<Target[]> {
  const pods = await podsOf(shop.namespace);
  return pods.flatMap(({ metadata: { labels }, status }) => {
    const name = labels?.app ?? "";
    return workloads.some((workload) => workload === name)
      ? [{ name, host: String(status.podIP), port: metricsPort }]
      : [];
  });
}

const metricsReadBy = async (pod: string) =>
  [...new Set(await reachable(elsewhere, pod, await metricsTargets()))].sort();

const bystander = (name: string, labels: Readonly<Record<string, string>>) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: elsewhere, labels: { app: name, ...labels } },
  spec: {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 1,
    containers: [
      {
        name,
        image: image("frontend"),
        command: ["node", "-e", "setInterval(() => {}, 60_000)"],
        securityContext: restricted,
      },
    ],
  },
});
