import { describe, expect, it } from "vitest";
import { type LoadCommand, readOptions } from "../src/command/options.ts";
import { planFrom } from "../src/command/order.ts";

const load = (line: string, environment: NodeJS.ProcessEnv = {}) =>
  readOptions(line.split(" ").filter(Boolean), environment) as LoadCommand;

describe("the command line", () => {
  it.each<[string, Partial<LoadCommand>]>([
    ["", { does: "load", host: "http://127.0.0.1:8080", users: 10, spawnRate: 1, headless: false }],
    ["--host http://shop.example/boutique/", { host: "http://shop.example/boutique" }],
    ["-H shop:8080 -u 50 -r 2.5", { host: "http://shop:8080", users: 50, spawnRate: 2.5 }],
    ["--headless smoke", { headless: true, plan: "smoke" }],
    ["--plan my/plan.json", { plan: "my/plan.json" }],
    ["--fail-ratio 1% --p95 300 --p99=1000.5", { thresholds: { failRatio: 0.01, p95: 300, p99: 1_000.5 } }],
    ["--fail-ratio 0", { thresholds: { failRatio: 0 } }],
    ["--users 5 --users 7", { users: 7 }],
    ["--rate 40", { spawnRate: undefined }],
    ["--token s3cret", { token: "s3cret" }],
  ])("%s", (line, meant) => {
    expect(load(line)).toMatchObject(meant);
  });

  it.each<[string, object]>([
    ["-h", { does: "help" }],
    ["--users x -h", { does: "help" }],
    ["--version", { does: "version" }],
    ["--plans", { does: "plans" }],
    ["compare a.json b.json --html c.html", { does: "compare", files: ["a.json", "b.json"], html: "c.html" }],
    ["--worker --master-host 10.0.0.7", { does: "work", masterHost: "10.0.0.7", masterPort: 5_557 }],
  ])("%s asks for something else", (line, meant) => {
    if (line.includes("x")) return expect(() => load(line)).toThrow("--users x");
    expect(readOptions(line.split(" "), {})).toMatchObject(meant);
  });

  it.each([
    ["--bogus", "there is no option --bogus"],
    ["--users", "--users needs a value"],
    ["--users 0", "--users 0: a whole number from 1 to 1000000 is wanted"],
    ["-u ten", "-u ten: a whole number"],
    ["--users --headless", "--users needs a value"],
    ["--headless=yes", "--headless takes no value"],
    ["--run-time soon", "--run-time soon: a time such as 90s, 3m or 1h30m is wanted"],
    ["--run-time 0m", "--run-time 0m: at least 1s is wanted"],
    ["--wait 10-1", "--wait 10-1: seconds such as 1-10, the least first"],
    ["--fail-ratio 2", "--fail-ratio 2: a share from 0 to 1"],
    ["--profile robots", "--profile robots: there is original, whole"],
    ["--checks none", "--checks none: there is body, status"],
    ["--host ftp://x", "--host ftp://x: a URL such as"],
    ["--web-port 70000", "--web-port 70000: a whole number from 0 to 65535"],
    ["--watch nowhere", "--watch nowhere: the port of a shop of this machine, or a URL of metrics"],
    ["smoke spike", '"spike" makes no sense here'],
    ["smoke --plan smoke", "two plans"],
    ["smoke --users 5", "--users and the plan smoke exclude each other"],
    ["--rate 5 --users 5", "--rate and --users exclude each other"],
    ["--headless --autostart", "--headless and --autostart exclude each other"],
    ["--master --workers 2", "exclude each other"],
    ["--worker --users 5", "--users is not for a worker"],
    ["--expect-workers 2", "--expect-workers is for --master"],
    ["--master-host x", "--master-host is for --worker"],
    ["--no-metrics --metrics-port 9000", "--no-metrics and --metrics-port exclude each other"],
    ["compare a.json", "compare needs at least two results"],
  ])("%s is refused", (line, words) => {
    expect(() => load(line)).toThrow(words);
  });

  it("takes the variables of the original's container, and then runs without a page", () => {
    const environment = { FRONTEND_ADDR: "frontend:80", USERS: "25", RATE: "5" };
    expect(load("", environment)).toMatchObject({ host: "http://frontend", users: 25, spawnRate: 5, headless: true });
    expect(load("--web-port 8089", environment)).toMatchObject({ headless: false });
    expect(load("smoke", environment)).toMatchObject({ host: "http://frontend", headless: false });
    expect(() => load("", { ...environment, USERS: "many" })).toThrow("USERS many: a whole number");
    expect(() => load("", { FRONTEND_ADDR: "http://" })).toThrow("FRONTEND_ADDR http://: a URL such as");
  });

  it.each([
    ["90s", 90],
    ["90", 90],
    ["3m", 180],
    ["1h30m", 5_400],
  ])("a run time of %s", (time, seconds) => {
    expect(load(`-t ${time}`).asked["run-time"]).toBe(seconds);
  });
});

describe("the plan that is meant", () => {
  it("is Locust's: up to the users at the spawn rate, the run time counted from the start", () => {
    const plan = planFrom(load("-u 20 -r 4 -t 1m --seed 7 --wait 0-2 --reset-stats"));
    expect(plan).toMatchObject({ model: "users", warmUp: 5, seed: 7, wait: [0, 2] });
    expect(plan.stages.map(({ to, over }) => [to, over])).toEqual([
      [20, 5],
      [20, 55],
    ]);
  });

  it("lasts until it is stopped without a run time", () => {
    expect(planFrom(load("-u 20")).stages.at(-1)?.over).toBe(Number.POSITIVE_INFINITY);
  });

  it("is a shipped one, changed by what else was said", () => {
    const plan = planFrom(load("smoke --p99 250 --checks status --seed 9"));
    expect(plan).toMatchObject({ name: "smoke", checks: "status", seed: 9 });
    expect(plan.objectives).toMatchObject({ failRatio: 0.001, p99: 250 });
  });

  it("has the waits of another profile, unless the plan or the command line says how long they are", () => {
    expect(planFrom(load("ten --profile paced"))).toMatchObject({ profile: "paced", wait: [1, 1] });
    expect(planFrom(load("ten --profile paced --wait 2-3"))).toMatchObject({ profile: "paced", wait: [2, 3] });
    expect(planFrom(load("split --profile whole"))).toMatchObject({ profile: "whole", wait: [1, 10] });
  });

  it("is known, or its names are told", () => {
    expect(() => planFrom(load("spook"))).toThrow(/there is no plan spook: there are .*smoke/);
  });
});
