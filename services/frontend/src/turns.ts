import { RpcError } from "@boutique/rpc/error";
import type { RequestHandler } from "express";

/**
 * Lets so many pages be made at once; the others wait for their turn, in order, for so many milliseconds at most. In a
 * rush more at once would finish none sooner, and each would find the time of its calls used up by the work of the others.
 */
export function createTurns(most: number, patience: number): RequestHandler {
  const waiting = new Set<() => void>();
  let taken = 0;
  const pass = () => {
    const [first] = waiting;
    if (first) first();
    else taken -= 1;
  };
  return (_, response, next) => {
    const begin = () => {
      response.once("close", pass);
      next();
    };
    if (taken < most) {
      taken += 1;
      return begin();
    }
    const turn = () => {
      leave();
      begin();
    };
    const leave = () => {
      clearTimeout(timer);
      waiting.delete(turn);
      response.off("close", leave);
    };
    const timer = setTimeout(() => {
      leave();
      next(new RpcError("RESOURCE_EXHAUSTED", `${most} pages are being made, and ${waiting.size} more wait`));
    }, patience);
    response.once("close", leave);
    waiting.add(turn);
  };
}
