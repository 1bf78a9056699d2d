import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defaultAddress, type Name, names, roster } from "@boutique/contract/roster";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { peersOf, storing } from "./call-graph.ts";

/** What the tests read of a service in compose.yaml. */
interface Service {
  readonly image: string;
  readonly build?: { dockerfile: string; additional_contexts?: Record<string, string> };
  readonly environment?: Record<string, string | null>;
  readonly depends_on?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly profiles?: readonly string[];
  readonly [key: string]: unknown;
}

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const { services }: { services: Record<string, Service> } = parse(read("compose.yaml"), { merge: true });
const { version } = JSON.parse(read("package.json"));
const of = (name: string): Service => services[name] ?? expect.fail(`compose.yaml has no service "${name}"`);
const workloads = names.map((name) => roster[name].workload as string);
const tagged = (workload: string) => `boutique/${workload}:\${BOUTIQUE_TAG:-${version}}`;

const running = Object.entries(services).filter(([, { scale }]) => scale !== 0);

describe("compose.yaml", () => {
  it("runs all workloads, Redis and, when asked, the load generator", () => {
    expect(running.map(([name]) => name).sort()).toEqual([...workloads, "redis-cart", "loadgenerator"].sort());
    expect(running.filter(([, { profiles }]) => profiles)).toEqual([["loadgenerator", of("loadgenerator")]]);
  });

  it.each(names)("builds %s from its folder, on the base, under the version of package.json", (name) => {
    const { image, build, pull_policy } = of(roster[name].workload);

    expect(image).toBe(tagged(roster[name].workload));
    expect(build).toMatchObject({
      context: ".",
      dockerfile: `services/${name}/Dockerfile`,
      additional_contexts: { "boutique/base": "service:base" },
    });
    expect(pull_policy).toBe("never");
  });

  it("builds the load generator on the base too, with what the base was built with", () => {
    expect(of("loadgenerator")).toMatchObject({
      image: tagged("loadgenerator"),
      build: {
        dockerfile: "loadgen/Dockerfile",
        additional_contexts: { "boutique/base": "service:base", "boutique/build": "service:build" },
      },
      pull_policy: "never",
    });
  });

  it("names Dockerfiles that are there, all of them", () => {
    const built = running
      .flatMap(([, { build }]) => build?.dockerfile ?? [])
      .concat(of("base").build?.dockerfile ?? []);
    const there = globSync(["Dockerfile.base", "services/*/Dockerfile", "loadgen/Dockerfile"], {
      cwd: fileURLToPath(root),
    });

    expect(built.sort()).toEqual(there.sort());
  });

  it("builds what the others stand on, and never runs it", () => {
    const build = { context: ".", dockerfile: "Dockerfile.base", args: ["NODE_IMAGE"] };

    expect(of("base")).toMatchObject({ image: "boutique/base", build, scale: 0, pull_policy: "never" });
    expect(of("build")).toMatchObject({ image: "boutique/build", build: { ...build, target: "build" }, scale: 0 });
  });

  // No cluster's Service maps ports here: who is offered elsewhere than it listens has to be said.
  it.each(names)("tells %s where its peers are, and of nobody else", (name) => {
    const { environment = {} } = of(roster[name].workload);
    const told = Object.entries(environment).filter(([variable]) => variable.endsWith("SERVICE_ADDR"));
    const moved = peersOf(name).filter((peer) => defaultAddress(peer) !== at(peer));

    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(moved.map((peer) => [roster[peer].address, at(peer)])));
  });

  it("tells those of Redis who keep something there, and the load generator of the storefront", () => {
    const told = running.filter(([, { environment }]) => environment?.REDIS_ADDR === "redis-cart:6379");

    expect(told.map(([name]) => name).sort()).toEqual(storing.map((name) => roster[name].workload).sort());
    expect(of("loadgenerator").environment).toMatchObject({ FRONTEND_ADDR: at("frontend") });
  });

  it.each(names)("stops %s before those that it calls", (name) => {
    const { depends_on = [] } = of(roster[name].workload);
    const called = peersOf(name).map((peer) => roster[peer].workload as string);

    expect([...depends_on].sort()).toEqual([...called, ...(storing.includes(name) ? ["redis-cart"] : [])].sort());
  });

  it("publishes the storefront, and the load generator's page, where two variables say", () => {
    const published = running.filter(([, { ports }]) => ports).map(([name, { ports }]) => [name, ports]);

    expect(Object.fromEntries(published)).toEqual({
      frontend: [`\${BOUTIQUE_HOST:-127.0.0.1}:\${BOUTIQUE_PORT:-8080}:${roster.frontend.port}`],
      loadgenerator: [`\${BOUTIQUE_HOST:-127.0.0.1}:\${BOUTIQUE_LOAD_PORT:-8089}:8089`],
    });
  });

  it("lets nobody else near Redis", () => {
    const neighbours = running.filter(([, { networks }]) => networks?.includes("redis"));

    expect(neighbours.map(([name]) => name).sort()).toEqual(
      [...storing.map((name) => roster[name].workload), "redis-cart"].sort(),
    );
    expect(of("redis-cart").networks).toEqual(["redis"]);
  });

  it.each(running)("keeps %s small and without rights", (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      pids_limit: expect.any(Number),
      mem_limit: expect.stringMatching(/^\d+m$/),
      restart: "unless-stopped",
      stop_grace_period: "20s",
      logging: { driver: "json-file", options: { "max-size": expect.any(String), "max-file": expect.any(String) } },
    });
    for (const more of ["privileged", "cap_add", "devices", "network_mode", "pid", "ipc"])
      expect(service).not.toHaveProperty(more);
  });
});

const at = (name: Name) => `${roster[name].workload}:${roster[name].port}`;
