import { readFileSync } from "node:fs";
import { names, roster } from "@boutique/contract/roster";
import { describe, expect, it } from "vitest";
import { canaries } from "../../scripts/images/workloads.ts";
import { buildEach, buildWith, components, skipped } from "./manifests.ts";
import {
  containerOf,
  environmentOf,
  type Manifest,
  ofKind,
  type Service,
  type Workload,
  workload,
  workloadsIn,
} from "./objects.ts";

const services = names.map((name) => roster[name].workload as string);
const namesOf = (kind: string, objects: readonly Manifest[]) =>
  ofKind(kind, objects).map(({ metadata }) => metadata.name);
const imagesOf = (objects: readonly Manifest[]) => workloadsIn(objects).map((owner) => containerOf(owner).image);
const pullPoliciesOf = (objects: readonly Manifest[]) => [
  ...new Set(ofKind<Workload>("Deployment", objects).map((owner) => containerOf(owner).imagePullPolicy)),
];
const wayIn = (objects: readonly Manifest[]) =>
  ofKind<Service>("Service", objects).find(({ metadata }) => metadata.name === "frontend-external")?.spec;

describe.skipIf(skipped)("components", () => {
  it("minimal leaves out what the shop sells without", async () => {
    const built = await buildWith(["minimal"]);
    const optional = names.filter((name) => roster[name].optional).map((name) => roster[name].workload as string);
    const kept = services.filter((service) => !optional.includes(service)).sort();

    expect(namesOf("Deployment", built)).toEqual(kept);
    expect(namesOf("Service", built)).toEqual([...kept, "frontend-external", "redis-cart"].sort());
    expect(namesOf("ServiceAccount", built)).toEqual([...kept, "redis-cart"].sort());
  });

  it("node-port opens the port that kind.yaml leads to", async () => {
    const kind = readFileSync(new URL("../../k8s/kind.yaml", import.meta.url), "utf8");

    expect(wayIn(await buildWith([]))?.type).toBe("LoadBalancer");
    expect(wayIn(await buildWith(["node-port"]))).toMatchObject({
      type: "NodePort",
      ports: [{ name: "http", port: 80, targetPort: "http", nodePort: Number(/containerPort: (\d+)/.exec(kind)?.[1]) }],
    });
  });

  it("without-public-endpoint leaves the inner way", async () => {
    const built = namesOf("Service", await buildWith(["without-public-endpoint"]));

    expect(built).not.toContain("frontend-external");
    expect(built).toContain("frontend");
  });

  it("base-url moves the shop, its probes and the load generator", async () => {
    const built = await buildWith(["load-generator", "base-url"]);
    const frontend = workload("frontend", built);
    const { startupProbe, readinessProbe, livenessProbe } = containerOf(frontend);
    const path = environmentOf(frontend).BASE_URL;

    expect(path).toMatch(/^\/[\w-]+$/);
    for (const probe of [startupProbe, readinessProbe, livenessProbe])
      expect(probe).toMatchObject({ httpGet: { path: `${path}/_healthz`, port: "http" } });
    expect(environmentOf(workload("loadgenerator", built)).FRONTEND_ADDR).toBe(`frontend:80${path}`);
  });

  it("single-shared-session says so to the frontend", async () => {
    const built = await buildWith(["single-shared-session"]);

    expect(environmentOf(workload("frontend", built)).ENABLE_SINGLE_SHARED_SESSION).toBe("true");
  });

  it("tracing tells all ten services of the collector", async () => {
    const built = await buildWith(["tracing", "load-generator"]);
    const traced = workloadsIn(built).filter((owner) => environmentOf(owner).ENABLE_TRACING === "1");

    expect(traced.map(({ metadata }) => metadata.name).sort()).toEqual([...services].sort());
    for (const owner of traced) expect(environmentOf(owner).COLLECTOR_SERVICE_ADDR).toBe("opentelemetrycollector:4317");
  });

  it.each(["v3", "v-error"] as const)(
    "demo-faults-%s makes of the frontend what the image variant is",
    async (variant) => {
      const plain = environmentOf(workload("frontend", await buildWith([])));
      const faulty = environmentOf(workload("frontend", await buildWith([`demo-faults-${variant}`])));

      expect(faulty).toEqual({ ...plain, ...canaries[variant] });
    },
  );

  it("load-generator sends as many shoppers as the original, at the shop's inner way", async () => {
    const built = workload("loadgenerator", await buildWith(["load-generator"]));

    expect(environmentOf(built)).toEqual({ FRONTEND_ADDR: "frontend:80", USERS: "10", RATE: "1" });
    expect(containerOf(built)).toMatchObject({
      name: "main",
      image: containerOf(workload("frontend", await buildWith([]))).image.replace("frontend", "loadgenerator"),
    });
    expect(built.spec.template.metadata.annotations).toMatchObject({ "prometheus.io/port": "9646" });
  });

  it("container-images-registry and -tag say where all images come from", async () => {
    const [registry = [], tag = [], both = []] = await buildEach([
      ["container-images-registry", "load-generator"],
      ["load-generator", "container-images-tag"],
      ["load-generator", "container-images-tag", "container-images-registry"],
    ]);

    expect(imagesOf(registry)).toHaveLength(12);
    for (const image of imagesOf(registry))
      expect(image).toMatch(/^CONTAINER_IMAGES_REGISTRY\/(redis:8.2-alpine|[a-z]+:\d+\.\d+\.\d+)$/);
    const own = (objects: readonly Manifest[]) => imagesOf(objects).filter((image) => !image.includes("redis"));
    for (const image of own(tag)) expect(image).toMatch(/^boutique\/[a-z]+:CONTAINER_IMAGES_TAG$/);
    for (const image of own(both)) expect(image).toMatch(/^CONTAINER_IMAGES_REGISTRY\/[a-z]+:CONTAINER_IMAGES_TAG$/);
    expect(workload("loadgenerator", tag).metadata.labels).toMatchObject({
      "app.kubernetes.io/version": "CONTAINER_IMAGES_TAG",
    });
  });

  it("container-images-registry leaves the storefront to be named by the end of its image", async () => {
    const mine = { images: [{ name: ".+/frontend", newTag: "0.1.0-v2" }] };
    const built = await buildWith(["container-images-registry"], mine);

    expect(containerOf(workload("frontend", built)).image).toBe("CONTAINER_IMAGES_REGISTRY/frontend:0.1.0-v2");
    expect(imagesOf(built).filter((image) => image.endsWith("-v2"))).toHaveLength(1);
  });

  it.each(["local", "minimal"])(
    "container-images-registry lets be pulled what the overlay %s does not",
    async (overlay) => {
      const loaded = await buildWith(["load-generator"], {}, `overlays/${overlay}`);
      const pulled = await buildWith(["container-images-registry", "load-generator"], {}, `overlays/${overlay}`);

      expect(pullPoliciesOf(loaded)).toEqual(["Never"]);
      expect(pullPoliciesOf(pulled)).toEqual(["IfNotPresent"]);
    },
  );

  it("hpa leaves the number of pods to the autoscaler", async () => {
    const built = await buildWith(["hpa"]);
    const scaled = namesOf("HorizontalPodAutoscaler", built);

    expect(scaled).toEqual(["cartservice", "checkoutservice", "currencyservice", "frontend", "productcatalogservice"]);
    expect(namesOf("PodDisruptionBudget", built)).toEqual(scaled);
  });

  it("tell services only what they can be told", async () => {
    const known = knownVariables();
    const built = await buildEach(components.map((component) => [component]));

    for (const [index, component] of components.entries()) {
      for (const owner of workloadsIn(built[index] ?? []).filter(({ metadata }) => services.includes(metadata.name))) {
        const { name } = owner.metadata;
        const told = Object.keys(environmentOf(owner)).filter((variable) => !forOthers.has(variable));
        expect([...(known.get(name) ?? [])], `${component}, ${name}`).toEqual(expect.arrayContaining(told));
      }
    }
  });
});

// The first is read by Node itself; the others are put into REDIS_ADDR.
const forOthers = new Set(["NODE_EXTRA_CA_CERTS", "REDIS_OPTIONS", "REDIS_ADDRESS", "REDIS_PASSWORD"]);

/** What each service can be told, as docs/configuration.md has it, which is written from what they say themselves. */
function knownVariables(): ReadonlyMap<string, ReadonlySet<string>> {
  const page = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\| `(\w+)` \|.*\| ([\w, ]+) \|$/gm)];
  const of = (service: string) =>
    rows
      .filter(([, , whose = ""]) => whose === "all" || whose.split(", ").includes(service))
      .map(([, name = ""]) => name);
  return new Map(services.map((service) => [service, new Set(of(service))]));
}
