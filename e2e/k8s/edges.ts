import { names, roster } from "@boutique/contract/roster";
import { peersOf, storing } from "../artefacts/call-graph.ts";
import { kubectl } from "./cluster.ts";

/** A place that somebody tries to reach, by a name to tell it by. */
export interface Target {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/** Whom each workload calls, as its main.ts says: pairs such as "frontend → adservice". */
export const callGraph: readonly string[] = [
  ...names.flatMap((name) => peersOf(name).map((peer) => edge(roster[name].workload, roster[peer].workload))),
  ...storing.map((name) => edge(roster[name].workload, "redis-cart")),
].sort();

/** The word for a connection. */
export function edge(from: string, to: string): string {
  return `${from} → ${to}`;
}

/** Which of the targets a pod can open a connection to, by name. What says no, and what says nothing for 2 s, is not one. */
export async function reachable(namespace: string, pod: string, targets: readonly Target[]): Promise<string[]> {
  const asked = ["node", "-e", tryAll, JSON.stringify(targets)];
  const said = await kubectl("exec", "--namespace", namespace, pod, "--", ...asked);
  return JSON.parse(said);
}

const tryAll = `
  const net = require("node:net");
  const attempt = ({ name, host, port }) => new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: 2_000 });
    const end = (reached) => { socket.destroy(); resolve(reached); };
    socket.once("connect", () => end(name)).once("error", () => end()).once("timeout", () => end());
  });
  Promise.all(JSON.parse(process.argv[1]).map(attempt)).then((reached) =>
    process.stdout.write(JSON.stringify(reached.filter(Boolean)), () => process.exit(0)));`;
