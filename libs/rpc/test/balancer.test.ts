import type { Client } from "@boutique/contract/topology";
import { expect, it, onTestFinished, vi } from "vitest";
import { connect } from "../src/client.ts";
import { RpcError } from "../src/error.ts";
import { failure, patient, serve, startReplica } from "./ends.ts";

/** A client of several replicas at once, which waits no longer than it must for one that does not answer. */
function callAll(ports: readonly number[], budget = patient.read): Client<"cart"> {
  const address = `ipv4:${ports.map((port) => `127.0.0.1:${port}`).join()}`;
  const client = connect("cart", address, { budgets: { ...patient, read: budget, write: budget } });
  onTestFinished(() => client.close());
  return client;
}

/** A replica that says its name, and counts how often it was asked. */
async function replica(userId: string, answer: () => Promise<unknown> = async () => {}) {
  const state = { calls: 0, answer };
  const handler = async () => {
    state.calls += 1;
    await state.answer();
    return { userId };
  };
  const { port } = await serve("cart", { getCart: handler, addItem: handler });
  return { state, port };
}

const names = async (cart: Client<"cart">, times: number) => {
  const seen: string[] = [];
  for (let call = 0; call < times; call++) seen.push((await cart.getCart({})).userId);
  return seen;
};

/** Asks until both have answered: from then on both are connected. */
const meetBoth = (cart: Client<"cart">) =>
  vi.waitFor(async () => expect(new Set(await names(cart, 4)).size).toBe(2), 10_000);

it("deals calls evenly where all are as quick", async () => {
  const [one, two] = [await replica("one"), await replica("two")];
  const cart = callAll([one.port, two.port]);
  await meetBoth(cart);

  const seen = await names(cart, 20);

  expect(seen.filter((name) => name === "one")).toHaveLength(10);
});

it("leaves out who has calls in flight that do not end", async () => {
  const [one, two] = [await replica("one"), await replica("two")];
  const cart = callAll([one.port, two.port]);
  await meetBoth(cart);
  const { promise, resolve: goOn } = Promise.withResolvers<void>();
  one.state.answer = () => promise;
  one.state.calls = 0;

  const asked = [cart.getCart({}), cart.getCart({})];
  await vi.waitFor(() => expect(one.state.calls).toBe(1), 10_000);

  expect(await names(cart, 20)).toEqual(Array.from({ length: 20 }, () => "two"));
  expect(one.state.calls).toBe(1);
  goOn();
  await Promise.all(asked);
});

it("tries again at another", async () => {
  const [one, two] = [await replica("one"), await replica("two")];
  const cart = callAll([one.port, two.port]);
  await meetBoth(cart);
  one.state.answer = async () => {
    throw new RpcError("UNAVAILABLE", "not now");
  };
  one.state.calls = 0;

  expect(await names(cart, 2)).toEqual(["two", "two"]);
  expect(one.state.calls).toBe(1);
});

it("calls one that fails where the others fail as well", async () => {
  const away = async () => {
    throw new RpcError("UNAVAILABLE", "not now");
  };
  const [one, two] = [await replica("one"), await replica("two")];
  const cart = callAll([one.port, two.port]);
  await meetBoth(cart);
  one.state.answer = away;
  two.state.answer = away;
  for (let call = 0; call < 10; call++) await failure(cart.addItem({}));

  const before = one.state.calls + two.state.calls;
  await failure(cart.addItem({}));

  expect(one.state.calls + two.state.calls).toBe(before + 1);
});

it("moves away from one that is frozen after three calls at most, and back when it is back", {
  timeout: 60_000,
}, async () => {
  const [one, two] = await Promise.all([startReplica(), startReplica()]);
  const cart = callAll([one.port, two.port], 1_000);
  await meetBoth(cart);

  one.process.kill("SIGSTOP");
  let lost = 0;
  const since = Date.now();
  // Long enough to try it again several times, were it tried by calls.
  while (Date.now() - since < 6_000) await cart.getCart({}).catch(() => (lost += 1));
  expect(lost).toBeLessThanOrEqual(3);

  one.process.kill("SIGCONT");
  await vi.waitFor(async () => expect(await names(cart, 2)).toContain(String(one.process.pid)), 10_000);
  expect(new Set(await names(cart, 4)).size).toBe(2);
});
