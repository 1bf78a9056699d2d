import { names, roster } from "@boutique/contract/roster";
import { beforeAll, describe, expect, it } from "vitest";
import { callGraph, storing } from "./call-graph.ts";
import { buildWith, skipped } from "./manifests.ts";
import { type Labels, type Manifest, type Workload, workloadsIn } from "./objects.ts";
import { allowed } from "./policies.ts";

const shoppers = ["loadgenerator → frontend:8080"];
const services = names.map((name) => roster[name].workload as string);

/** A pod beside the shop's, with labels of its own. */
const stranger = (name: string, labels: Labels, ...ports: number[]) =>
  ({
    metadata: { name },
    spec: {
      template: {
        metadata: { labels },
        spec: { containers: [{ ports: ports.map((containerPort) => ({ containerPort })) }] },
      },
    },
  }) as unknown as Workload;

describe.skipIf(skipped)("the component network-policies", () => {
  let built: readonly Manifest[];
  let pods: readonly Workload[];
  beforeAll(async () => {
    built = await buildWith(["network-policies", "load-generator"]);
    pods = workloadsIn(built);
  });

  it("allows the calls that services make, and no others", () => {
    expect(allowed(built, pods)).toEqual([...callGraph, ...shoppers].sort());
  });

  it("is what makes the difference", () => {
    const none = built.filter(({ kind }) => kind !== "NetworkPolicy");
    const fewer = built.filter(({ kind, metadata }) => kind !== "NetworkPolicy" || metadata.name !== "currencyservice");

    expect(allowed(none, pods)).toContain("adservice → paymentservice:50051");
    expect(allowed(fewer, pods)).not.toContain("frontend → currencyservice:7000");
  });

  it("lets Prometheus read all metrics, and nothing else but what anyone may", () => {
    const prometheus = stranger("prometheus", { "app.kubernetes.io/name": "prometheus" });
    const reached = allowed(built, [...pods, prometheus]).filter((edge) => edge.startsWith("prometheus →"));

    const metrics = services.map((service) => `prometheus → ${service}:9090`);
    expect(reached).toEqual([...metrics, "prometheus → frontend:8080", "prometheus → loadgenerator:9646"].sort());
  });

  it("lets a stranger in by the shop's door alone", () => {
    const visitor = stranger("visitor", { app: "visitor" });
    const reached = allowed(built, [...pods, visitor]).filter((edge) => edge.startsWith("visitor →"));

    expect(reached).toEqual(["visitor → frontend:8080"]);
  });

  it("lets everyone out to the collector and to DNS, and to no other stranger", () => {
    const collector = stranger("collector", { app: "opentelemetrycollector" }, 4317, 8888);
    const dns = stranger("dns", { "k8s-app": "kube-dns" }, 53, 9153);
    const reached = allowed(built, [...pods, collector, dns]).filter((edge) => /→ (collector|dns):/.test(edge));
    const own = [...pods.map(({ metadata }) => metadata.name), "collector", "dns"];

    const expected = own.flatMap((name) => [`${name} → collector:4317`, `${name} → dns:53`]);
    const fromShop = (edge: string) => !/^(collector|dns) →/.test(edge);
    expect(reached.filter(fromShop)).toEqual(expected.filter(fromShop).sort());
  });

  it("keeps to the call graph with an external Redis too, but for those whose Redis is who knows where", async () => {
    const external = await buildWith(["external-redis", "network-policies"]);
    const visitor = stranger("redis", { app: "redis" }, 6379);

    expect(allowed(external, [...workloadsIn(external), visitor])).toEqual(
      [
        ...callGraph.filter((edge) => !edge.endsWith(" → redis-cart:6379")),
        // To the storefront as well, which is open to the world.
        ...storing.flatMap((name) => ["redis:6379", "frontend:8080"].map((to) => `${roster[name].workload} → ${to}`)),
        "redis → frontend:8080",
      ].sort(),
    );
  });
});
