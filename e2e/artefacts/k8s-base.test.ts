import { readFileSync } from "node:fs";
import { defaultAddress, frontendGrpcPort, metricsPort, type Name, names, roster } from "@boutique/contract/roster";
import { beforeAll, describe, expect, it } from "vitest";
import { peersOf, storing } from "./call-graph.ts";
import { breaches } from "./house-rules.ts";
import { build, buildWith, overlays, skipped } from "./manifests.ts";
import {
  amount,
  containerOf,
  environmentOf,
  type Manifest,
  ofKind,
  type Service,
  workload,
  workloadsIn,
} from "./objects.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const services = names.map((name) => roster[name].workload as string);
const speaks = (name: Name) => (name === "frontend" ? "http" : "grpc");
const servicePort = (name: Name) => Number(defaultAddress(name).split(":")[1]);

describe.skipIf(skipped)("k8s/base", () => {
  let base: readonly Manifest[];
  beforeAll(async () => {
    base = await build("k8s/base");
  });

  it("has a Deployment of each service of the roster, and Redis", () => {
    const deployments = ofKind("Deployment", base).map(({ metadata }) => metadata.name);
    const stateful = ofKind("StatefulSet", base).map(({ metadata }) => metadata.name);

    expect(deployments.sort()).toEqual([...services].sort());
    expect(stateful).toEqual(["redis-cart"]);
  });

  it("keeps the rules of the house", () => {
    expect(breaches(base)).toEqual([]);
  });

  it.each(names)("lets %s listen where the roster says, and tells it so", (name) => {
    const owner = workload(roster[name].workload, base);
    const { ports = [] } = containerOf(owner);

    expect(ports.map((port) => [port.name, port.containerPort])).toEqual([
      [speaks(name), roster[name].port],
      ...(name === "frontend" ? [["grpc", frontendGrpcPort]] : []),
      ["http-metrics", metricsPort],
    ]);
    expect(environmentOf(owner).PORT).toBe(String(roster[name].port));
  });

  it.each(names)("offers %s where others look for it, and its metrics", (name) => {
    const service = ofKind<Service>("Service", base).find(({ metadata }) => metadata.name === roster[name].workload);

    expect(service?.spec.ports).toEqual([
      { name: speaks(name), port: servicePort(name), targetPort: speaks(name) },
      { name: "http-metrics", port: metricsPort, targetPort: "http-metrics" },
    ]);
    expect(service?.spec.type).toBeUndefined();
  });

  it.each(names)("tells %s where those are that it calls, and of nobody else", (name) => {
    const told = Object.entries(environmentOf(workload(roster[name].workload, base)));
    const addresses = told.filter(([variable]) => variable.endsWith("_SERVICE_ADDR"));

    expect(Object.fromEntries(addresses)).toEqual(
      Object.fromEntries(peersOf(name).map((peer) => [roster[peer].address, defaultAddress(peer)])),
    );
  });

  it("tells those who keep something in Redis where it is, and nobody else", () => {
    const redis = ofKind<Service>("Service", base).find(({ metadata }) => metadata.name === "redis-cart");
    for (const name of names) {
      const { REDIS_ADDR, REDIS_OPTIONS } = environmentOf(workload(roster[name].workload, base));
      const told = REDIS_ADDR?.replace("$(REDIS_OPTIONS)", REDIS_OPTIONS ?? "?");
      expect(told, name).toBe(storing.includes(name) ? "redis-cart:6379" : undefined);
    }

    expect(redis?.spec.ports).toEqual([{ name: "tcp-redis", port: 6379, targetPort: "tcp-redis" }]);
  });

  it.each(names)("runs %s from the image of its name, in the version of package.json", (name) => {
    const owner = workload(roster[name].workload, base);

    expect(containerOf(owner)).toMatchObject({ name: "server", image: `boutique/${roster[name].workload}:${version}` });
    expect(owner.metadata.labels).toMatchObject({ "app.kubernetes.io/version": version });
  });

  it.each(names)("asks %s how it is by what it speaks, patiently", (name) => {
    const { startupProbe, readinessProbe, livenessProbe } = containerOf(workload(roster[name].workload, base));
    const { port } = roster[name];
    const page = { httpGet: { path: "/_healthz", port: "http" }, timeoutSeconds: 3 };
    const alive = name === "frontend" ? page : { grpc: { port, service: "liveness" }, timeoutSeconds: 3 };
    const ready = name === "frontend" ? page : { grpc: { port }, timeoutSeconds: 3 };

    expect(startupProbe).toMatchObject(alive);
    expect(livenessProbe).toMatchObject(alive);
    expect(readinessProbe).toMatchObject(ready);
  });

  it.each(names)("replaces %s without a gap, and lets Prometheus find it", (name) => {
    const { spec } = workload(roster[name].workload, base);

    expect(spec.strategy).toEqual({ rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } });
    expect(spec.template.spec.containers[0]?.lifecycle?.preStop?.sleep?.seconds).toBe(5);
    expect(spec.template.metadata.annotations).toMatchObject({
      "prometheus.io/scrape": "true",
      "prometheus.io/port": String(metricsPort),
      "prometheus.io/path": "/metrics",
    });
  });

  it("keeps carts on a volume, in a file of all writes", () => {
    const redis = workload("redis-cart", base);

    expect(containerOf(redis)).toMatchObject({ image: "redis:8.2-alpine", command: ["redis-server"] });
    expect(containerOf(redis).args?.join(" ")).toContain("--dir /data --appendonly yes --appendfsync everysec");
    expect(redis.spec.volumeClaimTemplates).toMatchObject([{ metadata: { name: "data" } }]);
  });

  it("asks for less than the original, with Redis and the load generator", async () => {
    const all = await buildWith(["load-generator"]);
    const sum = (of: "cpu" | "memory") =>
      workloadsIn(all)
        .map((owner) => (owner.spec.replicas ?? 1) * amount(containerOf(owner).resources?.requests?.[of]))
        .reduce((total, each) => total + each, 0);

    expect(sum("cpu")).toBeLessThan(1_570);
    expect(sum("memory")).toBeLessThan(1_368);
  });

  it("selects what runs by the same labels, whatever labels are put on it", async () => {
    const selectors = (objects: readonly Manifest[]) =>
      objects.map(({ spec }) => spec?.selector).filter((selector) => selector !== undefined);
    const labelled = await buildWith([], { labels: [{ pairs: { team: "till" }, includeTemplates: true }] });

    expect(workload("frontend", labelled).spec.template.metadata.labels).toMatchObject({ team: "till" });
    expect(selectors(labelled)).toEqual(selectors(base));
  });

  it("labels no volume claim, which could not be changed once it is there", () => {
    const claims = base.flatMap(({ spec }) => (spec?.volumeClaimTemplates ?? []) as { readonly metadata: unknown }[]);

    expect(claims.map(({ metadata }) => metadata)).toEqual([{ name: "data" }]);
  });

  it.each(overlays)("keeps the rules of the house in the overlay %s", async (overlay) => {
    expect(breaches(await build(`k8s/overlays/${overlay}`))).toEqual([]);
  });

  it("asks Autopilot for no less than it gives", async () => {
    const built = await build("k8s/overlays/gke");

    for (const owner of workloadsIn(built)) {
      const { cpu, memory } = containerOf(owner).resources?.requests ?? {};
      expect([amount(cpu) >= 50, amount(memory) >= 52], owner.metadata.name).toEqual([true, true]);
      const measured = workloadsIn(base).find(({ metadata }) => metadata.name === owner.metadata.name);
      const least = measured ? containerOf(measured).resources?.requests?.cpu : "0m";
      expect(amount(cpu), `${owner.metadata.name}, as in the base`).toBeGreaterThanOrEqual(amount(least));
      // Between 1 and 6.5 GiB for a core.
      expect(amount(memory) / 1_024 / (amount(cpu) / 1_000), owner.metadata.name).toBeGreaterThanOrEqual(1);
      expect(amount(memory) / 1_024 / (amount(cpu) / 1_000), owner.metadata.name).toBeLessThanOrEqual(6.5);
    }
    expect(ofKind("HorizontalPodAutoscaler", built)).not.toEqual([]);
    expect(built.map(({ spec }) => spec?.type)).not.toContain("NodePort");
  });
});
