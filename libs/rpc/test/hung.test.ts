import { expect, it, vi } from "vitest";
import { withContext } from "../src/context.ts";
import { neverSent, RpcError } from "../src/error.ts";
import { bothEnds, call, failure, patient, startReplica } from "./ends.ts";

const short = { ...patient, read: 50, write: 50 };

/** Notes what becomes of the way to a peer. */
function note() {
  const changes: boolean[] = [];
  const refused = vi.fn();
  return { changes, refused, circuitChanged: (open: boolean) => void changes.push(open), circuitRefused: refused };
}

it("costs five calls their time; the next fail at once, never sent, until it is back", {
  timeout: 30_000,
}, async () => {
  const { process, port } = await startReplica();
  const { changes, refused, ...told } = note();
  const cart = call("cart", port, { budgets: { ...patient, read: 1_000 }, ...told });
  await cart.getCart({});

  process.kill("SIGSTOP");
  const late = await Promise.all(Array.from({ length: 5 }, () => failure(cart.getCart({}))));
  expect(late.map(String)).toEqual(Array.from({ length: 5 }, () => expect.stringContaining("DEADLINE_EXCEEDED")));

  const error = await failure(cart.getCart({}));
  expect(String(error)).toContain("UNAVAILABLE: No connection established: circuit open");
  expect([neverSent(error), refused.mock.calls.length, changes]).toEqual([true, 1, [true]]);

  process.kill("SIGCONT");
  await vi.waitFor(() => cart.getCart({}), 10_000);
  expect(changes).toEqual([true, false]);
  await Promise.all(Array.from({ length: 20 }, () => cart.getCart({})));
});

it("holds no call longer than its deadline: each is cancelled at the peer as well", async () => {
  const open = new Set<unknown>();
  let begun = 0;
  const cart = await bothEnds(
    "cart",
    {
      addItem: async (_, { signal }) => {
        begun += 1;
        open.add(signal);
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        open.delete(signal);
        return {};
      },
    },
    { client: { budgets: { ...short, write: 500 } } },
  );

  await Promise.all(Array.from({ length: 100 }, () => failure(cart.addItem({}))));

  expect(begun).toBe(100);
  await vi.waitFor(() => expect(open.size).toBe(0), 10_000);
});

it("is not what a peer is that says itself that it cannot do this", async () => {
  let times = 0;
  const { changes, circuitChanged } = note();
  const cart = await bothEnds(
    "cart",
    {
      addItem: () => {
        times += 1;
        throw new RpcError("UNAVAILABLE", "the store is away");
      },
    },
    { client: { circuitChanged } },
  );

  for (let asked = 0; asked < 20; asked++) await failure(cart.addItem({}));

  expect([times, changes]).toEqual([20, []]);
});

it("is not what a peer is whose callers had less time than the call may take", async () => {
  const { changes, circuitChanged } = note();
  const cart = await bothEnds(
    "cart",
    { addItem: (_, { signal }) => new Promise((resolve) => signal.addEventListener("abort", () => resolve({}))) },
    { client: { circuitChanged } },
  );
  const hurried = () => ({ deadline: Date.now() + 20, signal: new AbortController().signal, trace: {} });

  const asked = Array.from({ length: 10 }, () => withContext(hurried(), () => failure(cart.addItem({}))));
  expect((await Promise.all(asked)).map(String)).toEqual(
    Array.from({ length: 10 }, () => expect.stringContaining("DEADLINE_EXCEEDED")),
  );

  expect(changes).toEqual([]);
});
