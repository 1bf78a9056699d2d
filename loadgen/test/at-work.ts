import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { runShare } from "../src/load/engine.ts";
import type { Interval, RouteFigures } from "../src/load/interval.ts";
import { createLatencies } from "../src/load/recorder.ts";
import type { Plan } from "../src/plan/plan.ts";
import { planOf } from "../src/plan/plan-file.ts";
import { createLittleShop, type Seen, type Spoil } from "./little-shop.ts";

/** Opens a server on a free port for the length of a test, and says where it is. */
export async function open(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Opens a little shop for the length of a test. */
export const openShop = (see?: (seen: Seen) => void, spoil?: Spoil) => open(createLittleShop(see, spoil));

/** Where nobody listens. */
export async function nobodyThere(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** A plan of so many seconds, all of them at one level, for a test to change. */
export const brief = (
  seconds: number,
  level: { users: number } | { rate: number },
  more: Partial<Plan> = {},
): Plan => ({
  ...planOf({ ...level, spawnRate: Number.POSITIVE_INFINITY, runTime: seconds }),
  wait: [0.01, 0.03],
  ...more,
});

/** Has some workers of this process do a plan together, and gathers what they tell. */
export function begin(plan: Plan, host: string, of = 1) {
  const told: Interval[] = [];
  const startAt = Date.now();
  const works = Array.from({ length: of }, (_, index) =>
    runShare({ plan, host, worker: `worker ${index}`, index, of, startAt }, (interval) => void told.push(interval)),
  );
  const done = Promise.all(works.map(({ done }) => done)).then(() => gather(told));
  const stop = () => {
    for (const work of works) work.stop();
  };
  return { done, stop };
}

/** Does all of a plan. */
export const run = (plan: Plan, host: string, of = 1) => begin(plan, host, of).done;

function gather(told: readonly Interval[]) {
  const routes = told.flatMap((interval) => interval.routes);
  const sum = (of: (route: RouteFigures) => number) => routes.reduce((total, route) => total + of(route), 0);
  const errors: Record<string, number> = {};
  for (const { method, name, errors: found } of routes) {
    for (const [words, count] of Object.entries(found)) {
      const key = `${method} ${name}: ${words}`;
      errors[key] = (errors[key] ?? 0) + count;
    }
  }
  const latencies = createLatencies();
  for (const histogram of routes.flatMap(({ ok, failed }) => [ok, failed])) latencies.add(histogram);
  return {
    told,
    errors,
    latencies,
    ok: sum(({ ok }) => ok.totalCount),
    failed: sum(({ failed }) => failed.totalCount),
  };
}
