import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { withContext } from "../src/context.ts";
import { createTurns, inTurn, type Refusal } from "../src/turns.ts";
import { bothEnds, failure } from "./ends.ts";

/** Who comes for a turn, by a clock of the test's own, and what became of each. */
function hall(most: number, patience: number) {
  const clock = { now: 0 };
  const turns = createTurns(most, patience, () => clock.now);
  const begun: string[] = [];
  const refused: string[] = [];
  const come = (name: string) =>
    turns.take(
      () => begun.push(name),
      () => refused.push(name),
    );
  return { ...turns, clock, begun, refused, come };
}

it("begins so many at once, and the next in order as turns end", () => {
  const { come, pass, begun, waiting } = hall(2, 60_000);
  for (const name of ["first", "second", "third", "fourth"]) come(name);
  expect([begun, waiting()]).toEqual([["first", "second"], 2]);

  pass();
  expect([begun, waiting()]).toEqual([["first", "second", "third"], 1]);
  pass();
  pass();
  pass();
  come("fifth");
  expect(begun).toEqual(["first", "second", "third", "fourth", "fifth"]);
  pass();
});

it("refuses at once who comes when there has been a queue for as long as anyone may wait", () => {
  const { come, pass, begun, refused, clock } = hall(1, 100);
  come("first");
  const leave = come("second");
  clock.now = 99;
  const leaveToo = come("third");
  clock.now = 100;
  come("fourth");
  expect(refused).toEqual(["fourth"]);

  // Nobody waits any more: the rush is over.
  leave?.();
  leaveToo?.();
  const last = come("fifth");
  expect(refused).toEqual(["fourth"]);
  pass();
  expect(begun).toEqual(["first", "fifth"]);
  last?.();
});

it("refuses who has waited too long, by a timer", async () => {
  const { come, refused, waiting } = hall(1, 20);
  come("first");
  come("second");

  await expect.poll(() => refused).toEqual(["second"]);
  expect(waiting()).toBe(0);
});

/** A server that serves one call at a time, whose calls end when they are told to. */
async function oneAtATime(patience: number) {
  const turns = createTurns(1, patience);
  const why: Refusal[] = [];
  const held: (() => void)[] = [];
  let begun = 0;
  const cart = await bothEnds(
    "cart",
    {
      addItem: async () => {
        begun += 1;
        await new Promise<void>((resolve) => held.push(resolve));
        return {};
      },
    },
    { server: { interceptors: [inTurn(turns, (reason) => why.push(reason))] } },
  );
  return { cart, turns, why, begun: () => begun, end: () => held.shift()?.() };
}

it("has calls wait, and refuses with RESOURCE_EXHAUSTED those that would wait too long", async () => {
  const { cart, why, begun, end } = await oneAtATime(50);
  const first = cart.addItem({});
  await vi.waitFor(() => expect(begun()).toBe(1), 10_000);

  expect(String(await failure(cart.addItem({})))).toContain("RESOURCE_EXHAUSTED: 1 are in progress, and 0 more wait");

  expect([why, begun()]).toEqual([["full"], 1]);
  end();
  await first;
});

it("does not begin a call whose caller hung up while it waited, and loses no turn by it", async () => {
  const { cart, turns, why, begun, end } = await oneAtATime(60_000);
  const first = cart.addItem({});
  await vi.waitFor(() => expect(begun()).toBe(1), 10_000);
  const gone = new AbortController();
  const context = { deadline: Date.now() + 60_000, signal: gone.signal, trace: {} };
  const second = withContext(context, () => failure(cart.addItem({})));
  await vi.waitFor(() => expect(turns.waiting()).toBe(1), 10_000);

  gone.abort();
  await second;
  await vi.waitFor(() => expect(why).toEqual(["left"]), 10_000);
  end();
  await first;

  const third = cart.addItem({});
  await vi.waitFor(() => expect(begun()).toBe(2), 10_000);
  end();
  await third;
});

it("does not begin a call whose time is over when its turn comes", async () => {
  const turns = createTurns(1, 60_000);
  const why: Refusal[] = [];
  const method = vi.fn(async () => ({}));
  const call = inTurn(turns, (reason) => why.push(reason))(method, "/a/b");
  const { signal } = new AbortController();
  turns.take(
    () => {},
    () => {},
  );
  const late = call({}, { deadline: Date.now() - 1, signal, trace: {} }) as Promise<unknown>;
  await nextTurn();
  turns.pass();

  expect(String(await failure(late))).toContain("DEADLINE_EXCEEDED");
  expect([why, method.mock.calls.length]).toEqual([["late"], 0]);
});
