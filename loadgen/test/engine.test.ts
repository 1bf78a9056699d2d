import { expect, test } from "vitest";
import { createOwnCrew } from "../src/load/alone.ts";
import { begin, brief, open, openShop, run } from "./at-work.ts";

test("users come and go as the plan says, and are told each second", async () => {
  const stages = [
    { name: "many", to: 20, over: 0 },
    { name: "many", to: 20, over: 1.6 },
    { name: "few", to: 5, over: 0 },
    { name: "few", to: 5, over: 1 },
  ];
  const host = await openShop();
  const { told, failed } = await run({ ...brief(1, { users: 1 }), stages }, host, 2);
  expect(failed).toBe(0);
  for (const [worker, levels] of [
    ["worker 0", [10, 3, 0]],
    ["worker 1", [10, 2, 0]],
  ] as const) {
    const own = told.filter((interval) => interval.worker === worker);
    expect(own.map(({ users }) => users)).toEqual(levels);
    expect(own.at(-1)).toMatchObject({ waiting: 0 });
    expect(own.reduce((sum, { length }) => sum + length, 0)).toBeCloseTo(own.at(-1)?.second ?? 0);
  }
});

test("whoever waits for an answer gets it before they leave", async () => {
  let [taken, answered, aborted] = [0, 0, 0];
  const host = await open((_, response) => {
    taken += 1;
    response.on("close", () => {
      if (response.writableFinished) answered += 1;
      else aborted += 1;
    });
    setTimeout(() => response.end("page"), 250);
  });
  const stages = [
    { name: "all", to: 30, over: 0 },
    { name: "all", to: 30, over: 0.4 },
    { name: "none", to: 0, over: 0 },
    { name: "none", to: 0, over: 0.5 },
  ];
  const { told, ok, failed } = await run(
    { ...brief(1, { users: 1 }), stages, profile: "paced", checks: "status" },
    host,
  );
  expect(told.at(-1)).toMatchObject({ users: 0, waiting: 0 });
  expect(taken).toBeGreaterThan(30);
  expect([answered, ok, aborted, failed]).toEqual([taken, taken, 0, 0]);
});

test("a stop lets what was sent be answered, and tells all of it", async () => {
  let answered = 0;
  let arrived = () => {};
  const host = await open((_, response) => {
    arrived();
    setTimeout(() => response.end("page", () => (answered += 1)), 300);
  });
  const work = begin(brief(60, { users: 8 }, { checks: "status", profile: "browse" }), host);
  await new Promise<void>((resolve) => (arrived = resolve));
  work.stop();
  const { told, ok, failed } = await work.done;
  expect([answered, ok, failed]).toEqual([8, 8, 0]);
  expect(told.at(-1)).toMatchObject({ users: 0, waiting: 0 });
});

test("a plan may last for longer than a timer can", async () => {
  let asked = 0;
  const { promise: busy, resolve } = Promise.withResolvers<void>();
  const host = await open((_, response) => {
    response.end("page");
    asked += 1;
    if (asked === 20) resolve();
  });
  const month = 30 * 24 * 3_600;
  const work = begin(brief(month, { users: 1 }, { checks: "status", profile: "browse" }), host);
  expect(await Promise.race([busy.then(() => "goes on"), work.done.then(() => "ended")])).toBe("goes on");
  work.stop();
  await work.done;
});

test("an order that nobody can work on rejects", async () => {
  await expect(run(brief(1, { users: 1 }), "shop.example:80")).rejects.toThrow("host shop.example:80: a URL such as");
});

test("a crew of one works alone, and goes home", async () => {
  const host = await openShop();
  const crew = createOwnCrew();
  const [member, ...others] = crew.members();
  expect(others).toEqual([]);
  const workers = new Set<string>();
  const order = { plan: brief(0.3, { users: 2 }), host };
  const before = Date.now();
  const work = await crew.begin(order, { interval: ({ worker }) => void workers.add(worker), flaw: () => {} });
  expect(work.startAt).toBeGreaterThanOrEqual(before);
  await work.done;
  expect([...workers]).toEqual([member?.worker]);
  await crew.close();
  expect(crew.members()).toEqual([]);
  await expect(crew.begin(order, { interval: () => {}, flaw: () => {} })).rejects.toThrow("gone home");
});
