import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { createOperator, type Operator } from "../../src/command/operator.ts";
import type { Means } from "../../src/command/performance.ts";
import type { Crew, CrewListener, Order } from "../../src/crew/crew.ts";
import type { Interval } from "../../src/load/interval.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { intervalWith, membersOf, planWith, routeWith } from "../intervals.ts";

/** A plan whose ten shoppers are there at once. */
export const trial = (changes: Partial<Plan> = {}): Plan =>
  planWith({
    stages: [
      { name: "come", to: 10, over: 0 },
      { name: "hold", to: 10, over: 60 },
    ],
    ...changes,
  });

/** A crew that does what a test says, and when. */
export interface CrewOnCall extends Crew {
  /** What it was ordered to do so far. */
  readonly orders: Order[];
  /** Tells of an interval of the order under way. */
  tell(interval: Interval): void;
  flaw(words: string): void;
  /** Comes to the end of the plan. */
  finish(): void;
  /** Cannot go on. */
  fail(words: string): void;
}

/** A crew of one worker, "w1", who ends at once when told to stop. */
export function createCrewOnCall(): CrewOnCall {
  const orders: Order[] = [];
  let listener: CrewListener | undefined;
  let ended = Promise.withResolvers<void>();
  return {
    orders,
    members: () => membersOf("w1"),
    async begin(order, hears) {
      orders.push(order);
      listener = hears;
      ended = Promise.withResolvers();
      const { promise, resolve } = ended;
      return { startAt: Date.now(), done: promise, stop: resolve };
    },
    tell: (interval) => listener?.interval(interval),
    flaw: (words) => listener?.flaw(words),
    finish: () => ended.resolve(),
    fail: (words) => ended.reject(new Error(words)),
    close: async () => {},
  };
}

/** An operator of such a crew, for a shop that is always there. */
export function operatorOf(crew: Crew, means: Partial<Means> = {}): Operator {
  const operator = createOperator(crew, {
    ready: async () => {},
    watch: () => () => {},
    command: "npm run load",
    finished: () => {},
    ...means,
  });
  onTestFinished(operator.close);
  return operator;
}

/** Three seconds of a crew: twenty requests a second, two of which fail if `failing`. */
export function threeSeconds(crew: CrewOnCall, failing = false): void {
  for (const second of [1, 2, 3]) {
    const failed = failing ? { failed: [3, 4], errors: { "500 Internal Server Error": 2 } } : {};
    crew.tell(intervalWith(second, [routeWith({ ok: Array.from({ length: 20 }, (_, i) => i + 1), ...failed })]));
  }
}

/** Waits until an operator is in a state. */
export async function until(operator: Operator, state: ReturnType<Operator["state"]>): Promise<void> {
  while (operator.state() !== state) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** What the shop of a test answers to everything. */
interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly page?: string;
  /** Told how often it was asked. */
  readonly asked?: (times: number) => void;
}

/** A server with the same page everywhere, with a product; it ends with the test. */
export async function serveShop({
  status = 200,
  type = "text/html",
  page = '<a href="/product/1">a</a>',
  asked = () => {},
}: Answer = {}): Promise<string> {
  let times = 0;
  const server = createServer((_, response) => {
    response.writeHead(status, { "content-type": type }).end(page);
    times += 1;
    asked(times);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return urlOf(server);
}

/** Where nobody listens. */
export async function nobody(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = urlOf(server);
  server.close();
  await once(server, "close");
  return url;
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
