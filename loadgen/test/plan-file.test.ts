import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { durationOf } from "../src/load/level.ts";
import { loadPlan, planNames, planOf, readPlan } from "../src/plan/plan-file.ts";
import { profiles } from "../src/shoppers/profiles.ts";

const shipped = [
  ...["day", "endurance", "hundred", "ladder", "paced", "plateaus", "plateaus-short", "recovery", "smoke"],
  ...["spike-1000", "spike-200", "split", "steps", "stress", "stress-fast", "stress-rate", "ten", "thousand"],
];

test("the shipped plans can all be used", () => {
  expect(planNames()).toEqual(shipped);
  for (const name of shipped) {
    const plan = loadPlan(name);
    expect(plan.name).toBe(name);
    expect(plan.about).toMatch(/^[A-Z].*[.?]$/);
    expect(durationOf(plan)).toBeGreaterThan(plan.warmUp);
    expect(Number.isFinite(durationOf(plan))).toBe(true);
  }
});

test("the published three-machine matrix is what it was: a tenth of the users each second, three minutes", () => {
  const [ten, hundred, thousand] = ["ten", "hundred", "thousand"].map(loadPlan);
  expect([ten, hundred, thousand].map((plan) => plan?.stages.map(({ to, over }) => [to, over]))).toEqual([
    [
      [10, 10],
      [10, 170],
    ],
    [
      [100, 10],
      [100, 170],
    ],
    [
      [1_000, 10],
      [1_000, 170],
    ],
  ]);
  expect(ten).toMatchObject({ profile: "original", model: "users", wait: [1, 10], objectives: { p99: 400 } });
  expect(thousand?.objectives).toEqual({ p99: 500, failRatio: 0.001 });
});

test("what a file leaves out has its usual value", () => {
  const stages = [
    { users: 3, over: "90s" },
    { users: 3, over: "1h" },
    { name: "end", users: 0, over: "0s" },
  ];
  expect(readPlan({ about: "A try.", stages }, "mine")).toEqual({
    name: "mine",
    about: "A try.",
    profile: "original",
    model: "users",
    stages: [
      { name: "to 3 users", to: 3, over: 90 },
      { name: "3 users", to: 3, over: 3_600 },
      { name: "end", to: 0, over: 0 },
    ],
    wait: profiles.original.wait,
    warmUp: 0,
    objectives: {},
    find: [],
    seed: 1,
  });
  expect(readPlan({ about: "A try.", stages, profile: "browse", wait: "1-60" }, "mine").wait).toEqual([1, 60]);
});

test("all that is wrong with a file is said at once, by field", () => {
  const wrong = {
    about: "x",
    profile: "hurried",
    stages: [{ users: 1.5, over: "soon" }, { rate: 3 }, { users: 1, rate: 1, over: "1s" }],
    wait: "5-1",
    warmup: "1s",
    objectives: { p98: 3, failRatio: 5 },
    stopWhen: { for: "5s" },
    find: ["knees"],
    seed: -1,
  };
  expect(() => readPlan(wrong, "mine")).toThrowError(
    new Error(
      [
        "the plan mine will not do:",
        "  profile hurried: there is original, whole, browse, paced",
        "  stages[0].users 1.5: a whole number from 0 to 1000000 is wanted",
        "  stages[0].over soon: a time such as 90s, 3m or 1h30m is wanted",
        "  wait 5-1: seconds such as 1-10, the least first, are wanted",
        "  warmup: there is no such field; there are about, profile, stages, wait, warmUp, objectives, stopWhen, find, seed, checks, timeout",
        "  objectives.p98: there is no such field; there are failRatio, p50, p95, p99",
        "  objectives.failRatio 5: a number from 0 to 1 is wanted",
        "  find[0] knees: there is knee, recovery, slope, plateaus",
        "  seed -1: a whole number from 0 to 4294967295 is wanted",
        "  stopWhen: a limit such as p99 is wanted",
      ].join("\n"),
    ),
  );
});

test.each([
  [[], "all of it: an object is wanted"],
  [{ stages: [{ users: 1, over: "1s" }] }, "about: a sentence is wanted"],
  [{ about: "x" }, 'stages: a list is wanted, such as [{ "users": 100, "over": "10s" }]'],
  [{ about: "x", stages: [{ users: 1 }] }, "stages[0].over: a time such as 10s is wanted"],
  [{ about: "x", stages: [{ over: "1s" }] }, "stages[0]: either users or a rate are wanted"],
  [
    {
      about: "x",
      stages: [
        { users: 1, over: "1s" },
        { rate: 1, over: "1s" },
      ],
    },
    "stages[1]: a plan has users or rates",
  ],
  [
    { about: "x", stages: [{ users: 1, over: "1s" }], stopWhen: { p99: 5, for: "0s" } },
    "stopWhen.for: at least 1s is wanted",
  ],
  [{ about: "x", stages: [{ rate: 1, over: "0s" }] }, "stages: all of them together last no time"],
  [{ about: "x", stages: [{ rate: 1, over: 5 }] }, "stages[0].over 5: it is to stand in quotes"],
  [{ about: "x", stages: [{ rate: 1, over: "1s" }], wait: "1-2" }, "wait: at a rate nobody waits"],
])("%j will not do: %s", (json, words) => {
  expect(() => readPlan(json, "mine")).toThrow(words);
});

test("a plan is found by its name or in a file, and what is not found is said", () => {
  const file = join(tmpdir(), `plan-${process.pid}.json`);
  writeFileSync(file, '{ "about": "Mine.", "stages": [{ "rate": 2.5, "over": "1m" }] }');
  expect(loadPlan(file)).toMatchObject({ name: `plan-${process.pid}`, model: "rate", wait: [0, 0] });
  writeFileSync(file, "{ about }");
  expect(() => loadPlan(file)).toThrow(`${file} is not JSON`);
  expect(() => loadPlan("nowhere/to/be.json")).toThrow("nowhere/to/be.json cannot be read: ENOENT");
  expect(() => loadPlan("tenn")).toThrow(/there is no plan tenn: there are day, endurance, .*thousand, and files/);
});

test("a command line's plan goes up, then on until its time is over or somebody stops it", () => {
  const levels = (wanted: Parameters<typeof planOf>[0]) => planOf(wanted).stages.map(({ to, over }) => [to, over]);
  const endless = Number.POSITIVE_INFINITY;
  expect(levels({})).toEqual([
    [10, 10],
    [10, endless],
  ]);
  expect(levels({ users: 100, spawnRate: 20, runTime: 60 })).toEqual([
    [100, 5],
    [100, 55],
  ]);
  expect(levels({ users: 100, spawnRate: 1, runTime: 60 })).toEqual([[60, 60]]);
  expect(levels({ rate: 50, runTime: 9 })).toEqual([
    [50, 0],
    [50, 9],
  ]);
  expect(planOf({ rate: 50, seed: 4, checks: "status" })).toMatchObject({ model: "rate", seed: 4, checks: "status" });
});
