import { EventEmitter } from "node:events";
import type { Request, Response } from "express";
import { expect, it } from "vitest";
import { createTurns } from "../src/turns.ts";

/** Pages that come for their turn, and what became of each: its answer ends it. */
function hall(most: number, patience: number) {
  const turns = createTurns(most, patience);
  const begun: string[] = [];
  const refused: string[] = [];
  const come = (name: string) => {
    const response = new EventEmitter();
    turns({} as Request, response as Response, (error?: unknown) => {
      if (error) refused.push(`${name}: ${(error as Error).message}`);
      else begun.push(name);
    });
    return { end: () => response.emit("close") };
  };
  return { come, begun, refused };
}

it("makes so many pages at once, and the next when one is done, in the order they came", () => {
  const { come, begun } = hall(2, 60_000);
  const [first, second] = [come("first"), come("second"), come("third"), come("fourth")];

  expect(begun).toEqual(["first", "second"]);
  second?.end();
  expect(begun).toEqual(["first", "second", "third"]);
  first?.end();
  expect(begun).toEqual(["first", "second", "third", "fourth"]);
});

it("forgets who has left before the turn came, and loses no turn by it", () => {
  const { come, begun } = hall(1, 60_000);
  const first = come("first");
  come("second").end();
  const third = come("third");

  first.end();
  expect(begun).toEqual(["first", "third"]);
  third.end();
  come("fourth");
  expect(begun).toEqual(["first", "third", "fourth"]);
});

it("lets nobody wait for ever", async () => {
  const { come, begun, refused } = hall(1, 20);
  const first = come("first");
  come("second");

  await expect.poll(() => refused).toEqual(["second: RESOURCE_EXHAUSTED: 1 pages are being made, and 0 more wait"]);
  first.end();
  come("third");
  expect(begun).toEqual(["first", "third"]);
});
