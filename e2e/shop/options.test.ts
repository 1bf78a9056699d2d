import { expect, it } from "vitest";
import { names } from "../../libs/contract/src/roster.ts";
import { readOptions } from "../../scripts/shop/options.ts";
import { forPeople, isNews } from "../../scripts/shop/people.ts";
import { jobsFor, missed, planFor } from "../../scripts/shop/plan.ts";

const read = (text: string, environment = {}) => {
  const options = readOptions(text.split(" ").filter(Boolean), environment);
  if (!options) throw new Error("help");
  return options;
};

it.each([
  ["", names],
  ["--only cart,currencyservice", ["cart", "currency"]],
  ["--only cart --only ad", ["cart", "ad"]],
  ["--without ad,recommendationservice,email", names.slice(0, 7)],
])("%s starts the services that were meant", (text, chosen) => {
  expect(read(text).chosen).toEqual(chosen);
});

it.each([
  ["--only cart,till", "--only till: the services are frontend, cart,"],
  ["--without tillservice", "--without tillservice: the services are"],
  ["--only ad --without ad", "--only and --without exclude each other"],
  ["--port 65516", "--port 65516: the first of 21 ports is between 1 and 65515"],
  ["--port=", "--port needs a value"],
  ["--workers 0", "--workers 0: from 1 to 64 processes can share the storefront's port"],
  ["--workers 2 --port 65500", "--port 65500: the first of 42 ports is between 1 and 65494"],
  ["--workers 2 --only cart", "--workers 2 is for the storefront"],
  ["--workers 2 --colocated", "--workers 2 with --colocated needs --redis: else each process has carts of its own"],
  ["--redis", "--redis needs a value"],
  ["18080", '"18080" makes no sense here: options go behind a bare --'],
])("%s is refused with its reason", (text, reason) => {
  expect(() => read(text)).toThrow(reason);
});

it("gives everyone a port of its own, and tells everyone where the others are", () => {
  const plans = planFor(read("--port 20000"), {});

  const ports = plans.flatMap(({ ports }) => Object.values(ports)).toSorted();
  expect(ports).toEqual(Array.from({ length: 21 }, (_, index) => 20_000 + index));
  expect(plans[0]?.environment).toMatchObject({ HOST: "127.0.0.1", PORT: "20000", GRPC_PORT: "20001", REDIS_ADDR: "" });
  for (const { environment } of plans) expect(environment.CART_SERVICE_ADDR).toBe("127.0.0.1:20002");
});

it("gives each further worker ports of its own, but for the storefront's", () => {
  const plans = planFor(read("--port 20000 --workers 3"), {});
  const frontends = plans.filter(({ name }) => name === "frontend");

  expect(plans).toHaveLength(12);
  expect(frontends.map(({ ports }) => ports)).toEqual([
    { http: 20_000, grpc: 20_001, metrics: 20_011 },
    { http: 20_000, grpc: 20_022, metrics: 20_032 },
    { http: 20_000, grpc: 20_043, metrics: 20_053 },
  ]);
  for (const { name, environment } of plans) expect(environment.REUSE_PORT).toBe(name === "frontend" ? "1" : "");
});

it("makes a process of each service, or one of all that are told the same", () => {
  const jobs = (text: string) => jobsFor(planFor(read(text), {}), read(text), text.split(" "));

  expect(jobs("--port 20000").map(({ plans }) => plans.length)).toEqual(names.map(() => 1));
  expect(jobs("--colocated").map(({ plans }) => plans.length)).toEqual([10]);
  expect(
    jobs("--colocated --workers 2 --redis r:6379").map(({ plans, environment }) => [plans.length, environment.REPLICA]),
  ).toEqual([
    [10, "0"],
    [10, "1"],
  ]);
});

it("keeps the carts where it is told: by the option before the environment", () => {
  const redis = (text: string, given = {}) => planFor(read(text, given), given)[0]?.environment.REDIS_ADDR;

  expect(redis("", { REDIS_ADDR: "a:6379" })).toBe("a:6379");
  expect(redis("--redis b:6379", { REDIS_ADDR: "a:6379" })).toBe("b:6379");
});

it("finds a service that it does not start where the environment says, else where another shop would have it", () => {
  const given = { CART_SERVICE_ADDR: "10.0.0.7:7070" };
  const address = (text: string) => planFor(read(text), given).at(-1)?.environment.CART_SERVICE_ADDR;

  expect(address("--without cart --port 20000")).toBe("10.0.0.7:7070");
  expect(address("--port 20000")).toBe("127.0.0.1:20002");
  expect(missed(read("--without cart,payment,ad"), given)).toEqual(["paymentservice"]);
});

it("shows warnings and business events, not the daily round", () => {
  const line = (entry: object) => JSON.stringify({ severity: "info", message: "m", ...entry });

  expect(isNews(line({}))).toBe(false);
  expect(isNews(line({ severity: "warn" }))).toBe(true);
  expect(isNews(line({ event: "order_completed" }))).toBe(true);
  expect(isNews("not ours")).toBe(true);
});

it("writes lines for people, without what would steer their terminal", () => {
  const entry = {
    severity: "warn",
    timestamp: "2026-01-01T00:00:00Z",
    service: "s",
    message: "late\u001b[2J",
    path: "/x y",
  };

  expect(forPeople(JSON.stringify(entry), "cart")).toMatch(
    /^\d\d:\d\d:\d\d {2}cart {2}warning late·\[2J path="\/x y"$/,
  );
  expect(forPeople("{broken", "cart")).toContain("cart  {broken");
});
