import type { Crew, Order } from "../crew/crew.ts";
import { levelAt } from "../load/level.ts";
import type { Result } from "../results/result.ts";
import type { Snapshot } from "../results/snapshot.ts";
import { type Means, NEVER_BEGAN, type Performance, perform } from "./performance.ts";

/** Where an operator is, in Locust's words where it has them. */
export type State = "ready" | "waiting" | "spawning" | "running" | "stopping" | "stopped";

/** Whoever starts and stops runs, one at a time, whether asked from a terminal or from the web. */
export interface Operator {
  readonly crew: Crew;
  state(): State;
  /** What is done now, or was done last. */
  order(): Order | undefined;
  /** How it is now, or how it was at the end. */
  snapshot(): Snapshot | undefined;
  /** Of the last run that came to its end. */
  result(): Result | undefined;
  /** Why the last order came to nothing, in words. */
  trouble(): string | undefined;
  /** Starts a run, after the one under way is stopped; resolves at its end and rejects when it came to nothing. */
  start(order: Order): Promise<Result>;
  /** Ends the run early; it is reported all the same. */
  stop(): void;
  /** Stops what is done, and lets the crew go. */
  close(): Promise<void>;
}

/** An operator of a crew, with nothing to do yet. */
export function createOperator(crew: Crew, means: Means): Operator {
  let performance: Performance | undefined;
  let order: Order | undefined;
  let result: Result | undefined;
  let trouble: string | undefined;
  let state: "ready" | "busy" | "stopping" | "stopped" = "ready";
  let last: Promise<unknown> = Promise.resolve();
  let orders = 0;

  const stop = () => {
    orders += 1;
    if (state !== "busy") return;
    state = "stopping";
    performance?.stop();
  };

  const carryOut = async (next: Order): Promise<Result> => {
    [order, trouble, state] = [next, undefined, "busy"];
    performance = perform(next, crew, means);
    try {
      result = await performance.result;
      return result;
    } catch (error) {
      trouble = (error as Error).message;
      throw error;
    } finally {
      state = "stopped";
    }
  };

  return {
    crew,
    order: () => order,
    snapshot: () => performance?.snapshot(),
    result: () => result,
    trouble: () => trouble,
    stop,
    start(next) {
      stop();
      const number = orders;
      const done = last.then(() => {
        // Another order, or a stop, may have come while this one waited its turn: the last word counts.
        if (number !== orders) throw new Error(NEVER_BEGAN);
        return carryOut(next);
      });
      last = done.catch(() => {});
      return done;
    },
    state() {
      if (state !== "busy") return state;
      const snapshot = performance?.snapshot();
      if (!snapshot || !order) return "waiting";
      const [now = 0, soon = 0] = [0, 1].map((more) => order && levelAt(order.plan, snapshot.seconds + more));
      return order.plan.model === "users" && soon > now ? "spawning" : "running";
    },
    async close() {
      stop();
      await last;
      await crew.close();
    },
  };
}
