import { EventEmitter } from "node:events";
import type { Request, Response } from "express";
import { expect, it } from "vitest";
import { createRefusals } from "../src/refusal.ts";
import { createTurns } from "../src/turns.ts";

const retry = (headers: object) => (headers as Record<string, string>)["Retry-After"];

/** Pages that come for their turn, and what became of each: its answer ends it. */
function hall(most: number, patience: number) {
  const warnings: object[] = [];
  const log = { warn: (fields: object) => warnings.push(fields) } as never;
  const refuse = createRefusals("1", (view, _, { requestId }) => `${view} ${requestId}`, log);
  const turns = createTurns({ PAGES_AT_ONCE: most, PAGE_QUEUE_MS: patience }, refuse);
  const begun: string[] = [];
  const refused: string[] = [];
  const come = (name: string, closed = false) => {
    const response = Object.assign(new EventEmitter(), {
      closed,
      locals: { requestId: name },
      writeHead: (status: number, headers: Record<string, string>) =>
        refused.push(`${status} ${headers["Retry-After"]}`),
      end: (page: string) => refused.push(page),
    });
    turns.take({ path: "/" } as Request, response as unknown as Response, () => begun.push(name));
    return { end: () => response.emit("close") };
  };
  /** What becomes of a request before the shop itself has seen it. */
  const front = (url: string) => {
    let outcome = "refused";
    const response = { writeHead: (status: number, headers: object) => refused.push(`${status} ${retry(headers)}`) };
    const listener = turns.before(() => {
      outcome = "served";
    });
    listener({ url } as never, Object.assign(response, { end: (page: string) => refused.push(page) }) as never);
    return outcome;
  };
  return { come, front, begun, refused, warnings };
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

it("lets nobody wait for ever: who is refused is asked to come again, in a page with the number of the request", async () => {
  const { come, begun, refused } = hall(1, 20);
  const first = come("first");
  come("second");

  await expect.poll(() => refused).toEqual(["503 2", "error second"]);
  first.end();
  come("third");
  expect(begun).toEqual(["first", "third"]);
});

it("tells of those who are refused together", async () => {
  const { come, refused, warnings } = hall(1, 20);
  for (const name of ["first", "second", "third", "fourth"]) come(name);

  await expect.poll(() => refused).toHaveLength(6);
  expect(warnings).toEqual([{ pages: 1, reason: "RESOURCE_EXHAUSTED: 1 are in progress, and 2 more wait" }]);
});

it("does nothing at all for a page once there has been a queue for too long, but serves files and probes", async () => {
  const { come, front, refused } = hall(1, 20);
  come("first");
  expect(front("/")).toBe("served");
  come("second");
  come("third");

  // As long as there is always somebody who waits.
  const rush = () => {
    come("one more");
    return front("/cart?from=x");
  };
  await expect.poll(rush, { interval: 5 }).toBe("refused");
  expect(["/static/styles.css", "/_healthz", "/version", "/shop/v2.txt"].map(front)).toEqual(Array(4).fill("served"));
  expect(refused).toContain("503 2");
});

it("gives no turn to who has left before asking for one", () => {
  const { come, begun } = hall(1, 60_000);
  come("gone", true);
  come("first");

  expect(begun).toEqual(["first"]);
});
