import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCircuit } from "../src/circuit.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A circuit, whose peer is back or not, and what was said of it. */
function circuit() {
  const peer = { back: false, probes: 0 };
  const changes: boolean[] = [];
  const circuit = createCircuit({
    probe: async () => {
      peer.probes += 1;
      return peer.back;
    },
    changed: (open) => changes.push(open),
  });
  const fail = (times: number) => {
    for (let call = 0; call < times; call++) circuit.begin()("failed");
  };
  return { ...circuit, peer, changes, fail };
}

/** One that is open, and whose peer has just come back. */
async function onTrial() {
  const all = circuit();
  all.fail(5);
  all.peer.back = true;
  await vi.advanceTimersByTimeAsync(500);
  return all;
}

describe("a circuit", () => {
  it("opens at the fifth failure in a row, and says so once", () => {
    const { fail, admits, isOpen, changes } = circuit();

    fail(4);
    expect([admits(), isOpen()]).toEqual([true, false]);
    fail(1);
    expect([admits(), isOpen()]).toEqual([false, true]);
    fail(3);
    expect(changes).toEqual([true]);
  });

  it("is not opened by failures with answers between them, nor by calls that say nothing", () => {
    const { fail, begin, isOpen } = circuit();

    fail(4);
    begin()("answered");
    fail(4);
    for (let call = 0; call < 10; call++) begin()("nothing");

    expect(isOpen()).toBe(false);
  });

  it("is not opened by calls that fail while others are answered: one replica of two hangs", () => {
    const { begin, isOpen } = circuit();
    const hung = Array.from({ length: 10 }, () => begin());

    begin()("answered");
    for (const ended of hung) ended("failed");

    expect(isOpen()).toBe(false);
  });

  it("looks whether the peer is back every half second, and only while it is open", async () => {
    const { fail, peer, isOpen, begin } = circuit();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(peer.probes).toBe(0);

    fail(5);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([peer.probes, isOpen()]).toEqual([4, true]);

    peer.back = true;
    await vi.advanceTimersByTimeAsync(500);
    begin()("answered");
    await vi.advanceTimersByTimeAsync(10_000);
    expect([peer.probes, isOpen()]).toEqual([5, false]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("lets one call through when the peer is back, which closes it", async () => {
    const { admits, begin, changes } = await onTrial();

    expect(admits()).toBe(true);
    const ended = begin();
    expect(admits()).toBe(false);
    ended("answered");

    expect(admits()).toBe(true);
    expect(changes).toEqual([true, false]);
  });

  it("opens again at once when that call fails", async () => {
    const { admits, begin, changes, peer } = await onTrial();

    begin()("failed");
    expect(admits()).toBe(false);
    expect(changes).toEqual([true]);

    await vi.advanceTimersByTimeAsync(500);
    expect(peer.probes).toBe(2);
    expect(admits()).toBe(true);
  });

  it("lets the next through when that call says nothing, or does not end", async () => {
    const { admits, begin } = await onTrial();

    begin()("nothing");
    expect(admits()).toBe(true);
    begin();
    expect(admits()).toBe(false);
    await vi.advanceTimersByTimeAsync(500);
    expect(admits()).toBe(true);
  });

  it("does not count what failed late, of the time before", async () => {
    const { fail, begin, peer, admits } = circuit();
    const old = begin();
    fail(5);
    peer.back = true;
    await vi.advanceTimersByTimeAsync(500);

    old("failed");

    expect(admits()).toBe(true);
  });

  it("is closed by an answer that comes late", () => {
    const { fail, begin, isOpen } = circuit();
    const old = begin();
    fail(5);

    old("answered");

    expect(isOpen()).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("leaves no timer behind when it is closed for good", () => {
    const { fail, close } = circuit();
    fail(5);

    close();

    expect(vi.getTimerCount()).toBe(0);
  });
});
