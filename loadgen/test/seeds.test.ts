import { expect, test } from "vitest";
import { begin, brief, openShop, run } from "./at-work.ts";
import type { Seen } from "./little-shop.ts";

const words = ({ method, path, form }: Seen) => `${method} ${path} ${form}`;

/** What each shopper of a closed plan does first, by their session, without the pages that their forms lead to. */
async function firstsOf(workers: number, seed: number): Promise<string[]> {
  const users = 6;
  const wanted = 12;
  const rows = new Map<string, string[]>();
  let enough = () => {};
  const host = await openShop((seen) => {
    const session = /session-id=(\w+)/.exec(seen.headers.cookie ?? "")?.[1];
    if (!session || (seen.method === "GET" && seen.path === "/cart")) return;
    rows.set(session, [...(rows.get(session) ?? []), words(seen)]);
    const full = [...rows.values()].filter(({ length }) => length >= wanted);
    if (full.length === users) enough();
  });
  const work = begin(brief(60, { users }, { seed, wait: [0.001, 0.005], profile: "original" }), host, workers);
  enough = work.stop;
  await work.done;
  return [...rows.values()].map((row) => row.slice(0, wanted).join("\n")).toSorted();
}

test("shoppers of the same seed do the same things, however many workers they belong to", async () => {
  const [alone, again, three, other] = await Promise.all([
    firstsOf(1, 7),
    firstsOf(1, 7),
    firstsOf(3, 7),
    firstsOf(1, 8),
  ]);
  expect(new Set(alone).size).toBe(6);
  expect(again).toEqual(alone);
  expect(three).toEqual(alone);
  expect(other).not.toEqual(alone);
});

test("arrivals of the same seed do the same things, however many workers they belong to", async () => {
  const all = async (workers: number, seed: number) => {
    const seen: string[] = [];
    const host = await openShop((request) => void seen.push(words(request)));
    const { told } = await run(brief(1, { rate: 150 }, { seed, profile: "whole" }), host, workers);
    expect(new Set(told.map(({ worker }) => worker)).size).toBe(workers);
    // Where logging out leads to, and who is logged out, depends on who is idle: the cart pages that follow a form do not.
    return seen.filter((line) => !line.startsWith("GET / ") && !line.startsWith("GET /cart ")).toSorted();
  };
  const [alone, three, other] = await Promise.all([all(1, 7), all(3, 7), all(1, 8)]);
  expect(alone.length).toBeGreaterThan(100);
  expect(three).toEqual(alone);
  expect(other).not.toEqual(alone);
});

test("the original's shoppers come in by the home page and do what the original's do, as often", async () => {
  const counts: Record<string, number> = {};
  const host = await openShop();
  const { told, errors, failed } = await run(brief(1, { rate: 600 }, { profile: "original" }), host);
  for (const { method, name, ok } of told.flatMap(({ routes }) => routes)) {
    counts[`${method} ${name}`] = (counts[`${method} ${name}`] ?? 0) + ok.totalCount;
  }
  expect([errors, failed]).toEqual([{}, 0]);
  expect(Object.keys(counts).toSorted()).toEqual([
    ...["GET /", "GET /cart", "GET /product/[id]", "POST /cart", "POST /cart/checkout", "POST /setCurrency"],
  ]);
  // 600 tasks: 13 of 19 look at a product, 3 at the cart, 2 choose a currency, 3 put something in, 1 of them orders.
  const near = (name: string, share: number) =>
    expect(Math.abs((counts[name] ?? 0) - (600 * share) / 19)).toBeLessThan(45);
  near("GET /product/[id]", 13);
  near("GET /cart", 3);
  near("POST /setCurrency", 2);
  near("POST /cart", 3);
  near("POST /cart/checkout", 1);
  near("GET /", 1);
});

test("all of the shop is asked for by the whole of shoppers, without a failure", async () => {
  const host = await openShop();
  const { told, errors } = await run(brief(0.6, { rate: 500 }, { profile: "whole" }), host);
  expect(errors).toEqual({});
  const names = new Set(told.flatMap(({ routes }) => routes.map(({ method, name }) => `${method} ${name}`)));
  for (const route of ["GET /search", "GET /logout", "POST /cart/empty"]) expect(names).toContain(route);
});
