import { readdirSync, readFileSync } from "node:fs";
import { type Name, names, roster } from "@boutique/contract/roster";

/** Whom a service calls: the peers that its main.ts asks for. */
export function peersOf(name: Name): readonly Name[] {
  const main = readFileSync(new URL(`../../services/${name}/src/main.ts`, import.meta.url), "utf8");
  const [, list = ""] = /peers: \[([^\]]*)\]/.exec(main) ?? [];
  return [...list.matchAll(/"(\w+)"/g)].map(([, peer]) => peer as Name);
}

/** Who keeps something in Redis. */
export const storing: readonly Name[] = names.filter((name) => {
  const folder = new URL(`../../services/${name}/src/`, import.meta.url);
  return readdirSync(folder).some((file) => readFileSync(new URL(file, folder), "utf8").includes("REDIS_ADDR"));
});

/** Who is called by whom, as "caller → called:port", with Redis. */
export const callGraph: readonly string[] = [
  ...names.flatMap((name) =>
    peersOf(name).map((peer) => `${roster[name].workload} → ${roster[peer].workload}:${roster[peer].port}`),
  ),
  ...storing.map((name) => `${roster[name].workload} → redis-cart:6379`),
].sort();
