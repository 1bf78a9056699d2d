import { metricsPort } from "@boutique/contract/roster";
import { through } from "./forward.ts";
import { podsOf } from "./pods.ts";

/** How calls to a service ended. */
export interface Ended {
  readonly service: string;
  readonly calls: number;
  /** How many ended otherwise than well, by status code. */
  readonly otherwise: Readonly<Record<string, number>>;
  /** The part of all that did, from 0 to 1. */
  readonly missed: number;
}

/** How the calls of a workload to a service ended, as its pods that are there now have counted them since they began. */
export async function callsOf(workload: string, service: string, namespace: string): Promise<Ended> {
  const pods = await podsOf(namespace, workload);
  const texts = await Promise.all(pods.map(({ metadata: { name } }) => metricsOf(name, namespace)));
  const counted = texts
    .flatMap((text) => [...text.matchAll(handled)])
    .filter(([, labels]) => labels?.includes(service));
  const sums: Record<string, number> = {};
  for (const [, , code = "", count] of counted) sums[code] = (sums[code] ?? 0) + Number(count);
  const { OK: well = 0, ...otherwise } = sums;
  const calls = Object.values(otherwise).reduce((sum, each) => sum + each, well);
  return { service, calls, otherwise, missed: 1 - well / calls };
}

const handled = /^grpc_client_handled_total\{(.*)grpc_code="(\w+)".*\} (\d+)$/gm;

const metricsOf = (pod: string, namespace: string) =>
  through(namespace, `pod/${pod}`, metricsPort, async (address) => (await fetch(`http://${address}/metrics`)).text());
