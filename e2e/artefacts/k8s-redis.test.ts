import { roster } from "@boutique/contract/roster";
import { redisAddress } from "@boutique/store/redis-address";
import { describe, expect, it } from "vitest";
import { storing } from "./call-graph.ts";
import { buildEach, buildWith, skipped } from "./manifests.ts";
import { containerOf, environmentOf, type Manifest, ofKind, workload } from "./objects.ts";

const namesOf = (kind: string, objects: readonly Manifest[]) =>
  ofKind(kind, objects).map(({ metadata }) => metadata.name);

describe.skipIf(skipped)("components about Redis", () => {
  it.each(storing)("external-redis and tls-redis tell %s where Redis is, and how to speak to it", async (name) => {
    const addressIn = addressOf(roster[name].workload);
    const [external = [], tls = [], both = []] = await buildEach([
      ["external-redis"],
      ["tls-redis"],
      ["tls-redis", "external-redis"],
    ]);

    expect(addressIn(external)).toEqual("{address},password={password}");
    expect(addressIn(tls)).toEqual("redis-cart:6379,ssl=true");
    expect(addressIn(both)).toEqual("{address},password={password},ssl=true");
    for (const without of [external, both]) {
      expect(namesOf("StatefulSet", without)).toEqual([]);
      expect(namesOf("Service", without)).not.toContain("redis-cart");
    }
    expect(containerOf(workload("redis-cart", tls)).args?.join(" ")).toContain("--tls-port 6379 --port 0");
    expect(environmentOf(workload(roster[name].workload, tls)).NODE_EXTRA_CA_CERTS).toBe("/tls/ca.crt");
  });

  it("external-redis gives an address that is read, with a password or none", async () => {
    const read = redisAddress("").parse;
    const address = addressOf("cartservice")(await buildWith(["external-redis", "tls-redis"]));
    const filled = (password: string) =>
      read(address.replace("{address}", "10.0.0.3:6378").replace("{password}", password));

    expect(filled("s3cret")).toEqual({ host: "10.0.0.3", port: 6378, db: 0, tls: true, password: "s3cret" });
    expect(filled("")).toEqual({ host: "10.0.0.3", port: 6378, db: 0, tls: true });
  });
});

/** A workload's REDIS_ADDR as the kubelet makes it; what comes from a Secret is in braces, by its key. */
const addressOf = (name: string) => (objects: readonly Manifest[]) => {
  const env = (containerOf(workload(name, objects)).env ?? []) as readonly {
    name: string;
    value?: string;
    valueFrom?: { secretKeyRef: { key: string } };
  }[];
  const values = new Map(env.map(({ name, value, valueFrom }) => [name, value ?? `{${valueFrom?.secretKeyRef.key}}`]));
  return (values.get("REDIS_ADDR") ?? "").replace(/\$\((\w+)\)/g, (_, name) => values.get(name) ?? "?");
};
