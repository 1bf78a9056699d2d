import { build } from "hdr-histogram-js";
import { it, vi } from "vitest";
import type { Share } from "../src/crew/crew.ts";
import type { Interval } from "../src/load/interval.ts";
import { createNotebook } from "./crew/notebook.ts";
import { createStandIn, orderOf } from "./crew/stand-in.ts";
import { createWorld, soon } from "./crew/world.ts";

vi.setConfig({ testTimeout: 20_000 });

it.concurrent("gives each worker another share, all of which are the plan", async ({ expect, onTestFinished }) => {
  const world = createWorld({ onTestFinished });
  const shop = await world.shop();
  const crew = await world.collector(3);
  for (const name of ["ann", "bob", "cid"]) world.worker(crew.port, name);
  const notebook = createNotebook();

  const { done } = await crew.begin(orderOf(shop.url, 10, 0.5), notebook);
  await done;

  const users = Object.values(notebook.byWorker()).map(([first]) => first?.users);
  expect(users.toSorted()).toEqual([3, 3, 4]);
  expect(notebook.requests()).toBe(50);
  expect(shop.requests()).toBe(50);
  expect(notebook.flaws).toEqual([]);
});

it.concurrent("waits for all whom it expects, and does not begin when it is called off", async ({
  expect,
  onTestFinished,
}) => {
  const world = createWorld({ onTestFinished });
  const shop = await world.shop();
  const crew = await world.collector(2);
  world.worker(crew.port, "ann");
  const calledOff = new AbortController();
  const refused = crew.begin(orderOf(shop.url, 2, 0.2), createNotebook(), calledOff.signal);
  calledOff.abort();
  await expect(refused).rejects.toThrow(/^stopped while \d of 2 workers had joined: nothing was measured$/);

  const begun = crew.begin(orderOf(shop.url, 2, 0.2), createNotebook());
  world.worker(crew.port, "bob");
  await (await begun).done;
  expect(shop.requests()).toBe(4);
});

it.concurrent("calls two of one name by two names, and lets those who come during a run wait for the next", async ({
  expect,
  onTestFinished,
}) => {
  const world = createWorld({ onTestFinished });
  const shop = await world.shop();
  const crew = await world.collector(1);
  const names = () => crew.members().map(({ worker }) => worker);
  world.worker(crew.port, "ann");
  const first = createNotebook();
  const begun = await crew.begin(orderOf(shop.url, 2, Number.POSITIVE_INFINITY), first);
  world.worker(crew.port, "ann");
  await expect.poll(names, soon).toEqual(["ann", "ann-2"]);
  await expect.poll(() => first.intervals.length, soon).toBeGreaterThan(0);
  await expect(crew.begin(orderOf(shop.url, 2, 1), first)).rejects.toThrow("one order at a time");
  begun.stop();
  await begun.done;

  const second = createNotebook();
  await (await crew.begin(orderOf(shop.url, 2, 0.2), second)).done;

  expect(Object.keys(first.byWorker())).toEqual(["ann"]);
  expect(Object.keys(second.byWorker()).toSorted()).toEqual(["ann", "ann-2"]);
  expect(first.requests() + second.requests()).toBe(shop.requests());
});

it.concurrent("tells what a histogram told, after the wire as before", async ({ expect, onTestFinished }) => {
  const world = createWorld({ onTestFinished });
  const latencies = Array.from({ length: 10_000 }, (_, i) => Math.round(300 * 1.001 ** i) % 60_000_000);
  const sent = build();
  for (const latency of latencies) sent.recordValue(latency);
  const run = ({ worker }: Share, tell: (interval: Interval) => void) => {
    const route = { method: "POST", name: "/cart", ok: sent, failed: build(), bytes: 2 ** 40, errors: { "a, b": 3 } };
    const self = { cpu: 0.25, machine: 0.5, loopP99: 1.5, loopMax: 2, lateP99: 3, rss: 50 };
    tell({ worker, second: 1.25, length: 1.25, users: 7, waiting: 2, routes: [route], self });
    return { done: Promise.resolve(), stop: () => {} };
  };
  const crew = await world.collector(1);
  world.worker(crew.port, "ann", { run });
  const notebook = createNotebook();

  await (await crew.begin(orderOf("http://127.0.0.1", 1, 1), notebook)).done;

  const [interval] = notebook.intervals;
  const { ok, failed, ...route } = interval?.routes[0] ?? {};
  for (const percentile of [0.1, 50, 66, 95, 99, 99.9, 100]) {
    expect(ok?.getValueAtPercentile(percentile)).toBe(sent.getValueAtPercentile(percentile));
  }
  expect([ok?.totalCount, ok?.mean, failed?.totalCount]).toEqual([10_000, sent.mean, 0]);
  expect(route).toEqual({ method: "POST", name: "/cart", bytes: 2 ** 40, errors: { "a, b": 3 } });
  const self = { cpu: 0.25, machine: 0.5, loopP99: 1.5, loopMax: 2, lateP99: 3, rss: 50 };
  expect(interval).toMatchObject({ worker: "ann", second: 1.25, length: 1.25, users: 7, waiting: 2, self });
});

it.concurrent("starts everyone at one time, each by its own clock", async ({ expect, onTestFinished }) => {
  const world = createWorld({ onTestFinished });
  const shop = await world.shop();
  const crew = await world.collector(2);
  const minutesAhead = 300_000;
  const fast = () => Date.now() + minutesAhead;
  const starts: Record<string, number> = {};
  const noting = (now: () => number) => (share: Share, tell: (interval: Interval) => void) => {
    starts[share.worker] = share.startAt;
    return createStandIn(now)(share, tell);
  };
  world.worker(crew.port, "right", { run: noting(Date.now) });
  world.worker(crew.port, "fast", { run: noting(fast), now: fast });

  const { done, startAt } = await crew.begin(orderOf(shop.url, 2, 0.2), createNotebook());
  const members = crew.members();
  await done;

  const ahead: Record<string, number> = { right: 0, fast: minutesAhead };
  for (const { worker, clock = { ahead: Number.NaN, within: 0 } } of members) {
    const its = ahead[worker] ?? Number.NaN;
    expect(Math.abs(clock.ahead - its)).toBeLessThanOrEqual(clock.within);
    expect(Math.abs((starts[worker] ?? 0) - startAt - its)).toBeLessThanOrEqual(clock.within);
  }
  expect(members).toHaveLength(2);
  expect(shop.requests()).toBe(4);
});
