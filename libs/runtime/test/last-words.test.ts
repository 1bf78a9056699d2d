import { expect, it, onTestFinished, vi } from "vitest";
import { startRelay } from "./relay.ts";

// Processes are started, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

async function asked() {
  const relay = await startRelay();
  onTestFinished(relay.kill);
  await relay.ask("nothing");
  await relay.ask("nothing");
  return relay;
}

it("what was counted since the last report is told at a stop (original: lost)", async () => {
  const relay = await asked();

  expect(await relay.stop()).toBe(0);

  expect(relay.lines.filter(({ event }) => event === "test_orders")).toEqual([
    expect.objectContaining({ severity: "info", synthetic: false, ended_by: "stop", orders: 2 }),
  ]);
  expect(relay.lines.at(-1)).toMatchObject({ message: "stopped" });
});

it("it is told as well when the process ends of an error that nobody caught", async () => {
  const relay = await asked();

  await expect(relay.ask("crash")).rejects.toThrow();

  expect(await relay.ended()).toBe(1);
  expect(relay.lines.slice(-2)).toEqual([
    expect.objectContaining({
      severity: "fatal",
      message: "uncaught error",
      error: expect.objectContaining({ message: "nobody catches this" }),
    }),
    expect.objectContaining({ event: "test_orders", ended_by: "stop", orders: 3 }),
  ]);
});

it("nothing is told of nothing", async () => {
  const relay = await startRelay();
  onTestFinished(relay.kill);

  await relay.stop();

  expect(relay.lines.filter(({ event }) => event === "test_orders")).toEqual([]);
});

it("a load generator's part is told apart, all the way down", async () => {
  const relay = await asked();
  await relay.ask("nothing", { baggage: "synthetic_request=true" });

  await relay.stop();

  expect(relay.lines.filter(({ event }) => event === "test_orders")).toEqual([
    expect.objectContaining({ synthetic: false, orders: 2 }),
    expect.objectContaining({ synthetic: true, orders: 1 }),
  ]);
});
