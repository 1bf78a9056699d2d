import { setTimeout as sleep } from "node:timers/promises";
import { type Name, names } from "@boutique/contract/roster";
import { type Balancer, isServing, openBalancer } from "./balancer.ts";
import { type Boutique, openBoutique } from "./boutique.ts";
import { type Seen, sendCrowd } from "./crowd.ts";
import type { Replica } from "./replica.ts";

/** How a shop is restarted while it sells. */
export interface Rolling {
  /** The least of requests that must have been made; there are more rounds until they are. */
  readonly requests: number;
  readonly pagesPerSecond: number;
  /** How many services are restarted at a time, one replica of each. */
  readonly atOnce: number;
  readonly progress?: (words: string) => void;
}

/** What came of it. */
export interface Rolled extends Seen {
  readonly restarts: number;
  /** Replicas that did not end in order. */
  readonly unclean: readonly string[];
}

/** How long a replica serves on after everyone was told that it leaves: what `preStop` is in Kubernetes. */
const LEAVING_MS = 1_000;
/** How long one that is back serves beside the others before the next may leave. */
const SETTLING_MS = 1_200;

/** Of those who have peers, these look them up by name, and the storefront has lists; where one machine has two addresses. */
const byName: readonly Name[] = process.platform === "linux" ? ["checkout", "recommendation"] : [];

/** Opens a shop with two of everybody, and restarts all of them, one replica after the other, under load. */
export async function rollOver({ requests, pagesPerSecond, atOnce, progress = () => {} }: Rolling): Promise<Rolled> {
  const shop = await openBoutique({ replicas: () => 2, byName });
  let balancer: Balancer | undefined;
  try {
    balancer = await openBalancer(shop.replicas("frontend"));
    const crowd = sendCrowd(balancer.url, pagesPerSecond);
    const unclean: string[] = [];
    let restarts = 0;
    do {
      for (const place of [0, 1]) {
        await inTurn(names, atOnce, async (name) => {
          const replica = shop.replicas(name)[place] as Replica;
          const code = await restart(shop, balancer as Balancer, replica);
          if (code !== 0) unclean.push(`${name} ended with ${code}`);
          restarts += 1;
          progress(
            `${name} ${place} was restarted, ${crowd.seen.requests} requests, ${crowd.seen.failures.length} failed`,
          );
        });
      }
    } while (crowd.seen.requests < requests);
    return { ...(await crowd.stop()), restarts, unclean };
  } finally {
    balancer?.close();
    await shop.close();
  }
}

/** Has a replica leave as Kubernetes would, and come back; resolves to its exit code. */
async function restart({ replicas }: Boutique, balancer: Balancer, replica: Replica): Promise<number | null> {
  const isStorefront = replicas("frontend").includes(replica);
  if (isStorefront) balancer.leave(replica);
  await sleep(LEAVING_MS);
  const code = await replica.stop();
  await replica.start();
  while (!(await isServing(replica))) await sleep(50);
  if (isStorefront) balancer.join(replica);
  await sleep(SETTLING_MS);
  return code;
}

/** Does work for all of some things, so many at a time. */
async function inTurn<T>(things: readonly T[], atOnce: number, work: (thing: T) => Promise<void>): Promise<void> {
  const left = [...things];
  const one = async () => {
    for (let thing = left.shift(); thing !== undefined; thing = left.shift()) await work(thing);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}
