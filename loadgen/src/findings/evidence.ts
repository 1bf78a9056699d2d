import type { Point, ShopPoint } from "../results/result.ts";
import { count, milliseconds } from "../results/spoken.ts";

/** A service is at its limit with this much of a core (its event loop has one), or with a loop so late. */
const FULL = { cpu: 0.85, loopP99: 50 };

/** A machine has nothing left with so much of all its cores busy: what is left comes too late. */
const SPENT = 0.9;

/** What was busiest between two seconds, in words: a service, the load generator, or nothing; "" if nobody was asked. */
export function busiestAt(shop: readonly ShopPoint[], series: readonly Point[], from: number, to: number): string {
  // Services are asked every few seconds: those of around the time will do.
  const near = <P extends { second: number }>(points: readonly P[]) =>
    points.filter(({ second }) => second >= from - 5 && second <= to + 5);
  const selves = near(series).map(({ self }) => self.cpu);
  const own = selves.reduce((sum, cpu) => sum + cpu, 0) / Math.max(1, selves.length);
  const generator = own > FULL.cpu ? `the load generator itself took ${count(own, 2)} of a core then` : "";
  const services = [...Map.groupBy(near(shop), ({ service }) => service)].map(([service, points]) => ({
    service,
    cpu: points.reduce((sum, { cpu }) => sum + cpu, 0) / points.length,
    loopP99: Math.max(...points.map(({ loopP99 }) => loopP99)),
  }));
  const busy = near(series).map(({ self }) => self.machine);
  const spent = busy.reduce((sum, share) => sum + share, 0) / Math.max(1, busy.length);
  const machine =
    spent >= SPENT ? `all cores of the load generator's machine were busy (${count(100 * spent, 2)} %)` : "";
  const [most] = services.toSorted((a, b) => b.cpu - a.cpu);
  if (!most) return [machine, generator].filter(Boolean).join("; ");
  const loop = most.loopP99 >= 1 ? `, its event loop late by ${milliseconds(most.loopP99)}` : "";
  const cpu = `${count(most.cpu, 2)} of a core${loop}`;
  const words =
    most.cpu >= FULL.cpu || most.loopP99 >= FULL.loopP99
      ? `busiest then was ${most.service}: ${cpu}`
      : `no service was at its limit (the busiest, ${most.service}, took ${cpu})`;
  return [machine, words, generator].filter(Boolean).join("; ");
}
