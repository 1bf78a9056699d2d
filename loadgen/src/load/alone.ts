import { hostname } from "node:os";
import type { Crew, CrewListener, Order } from "../crew/crew.ts";
import { runShare } from "./engine.ts";

/** A crew of one: this process does all the work itself. */
export function createOwnCrew(): Crew {
  const worker = `${hostname()}-${process.pid}`;
  let closed = false;
  let stop = () => {};
  return {
    members: () => (closed ? [] : [{ worker, machine: hostname() }]),
    async begin(order: Order, listener: CrewListener) {
      if (closed) throw new Error("this crew has gone home: create another one");
      const startAt = Date.now();
      const work = runShare({ ...order, worker, index: 0, of: 1, startAt }, (interval) => listener.interval(interval));
      stop = work.stop;
      return { ...work, startAt };
    },
    async close() {
      closed = true;
      stop();
    },
  };
}
