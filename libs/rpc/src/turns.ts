import { RpcError } from "./error.ts";
import type { Interceptor } from "./interceptor.ts";

/** Who may work at once, and who waits. */
export interface Turns {
  /**
   * Begins at once or when a turn is free, in order; refuses who would wait too long, with RESOURCE_EXHAUSTED. Returns,
   * to one that waits, how to leave; nothing to any other.
   */
  take(begin: () => void, refuse: (why: RpcError) => void): (() => void) | undefined;
  /** Whether who comes now is refused at once. */
  isFull(): boolean;
  /** A turn is over: the next begins. */
  pass(): void;
  /** How many wait. */
  waiting(): number;
}

/**
 * So many at once; the others wait for so many milliseconds at most. A short rush is served whole. Where there has been a
 * queue for as long as anyone may wait, more come than can be served: from then on who comes is refused at once, until
 * nobody waits. To let each wait first, in vain, would serve nobody more and all later.
 */
export function createTurns(most: number, patience: number, now: () => number = () => performance.now()): Turns {
  const queue = new Set<() => void>();
  let taken = 0;
  let queuedSince = 0;
  const isFull = () => taken >= most && queue.size > 0 && now() - queuedSince >= patience;
  const full = () => new RpcError("RESOURCE_EXHAUSTED", `${most} are in progress, and ${queue.size} more wait`);
  return {
    take(begin, refuse) {
      if (taken < most) {
        taken += 1;
        begin();
        return undefined;
      }
      if (isFull()) {
        refuse(full());
        return undefined;
      }
      if (queue.size === 0) queuedSince = now();
      const leave = () => {
        clearTimeout(timer);
        queue.delete(turn);
      };
      const turn = () => {
        leave();
        begin();
      };
      const timer = setTimeout(() => {
        leave();
        refuse(full());
      }, patience);
      queue.add(turn);
      return leave;
    },
    isFull,
    pass() {
      const [first] = queue;
      if (first) first();
      else taken -= 1;
    },
    waiting: () => queue.size,
  };
}

/** Why a call was not begun: too many were in progress, or its caller's time was over, or its caller had hung up. */
export type Refusal = "full" | "late" | "left";

/** Has the calls of a server wait for their turn. One whose answer nobody waits for any more is not begun. */
export const inTurn =
  (turns: Turns, refused: (why: Refusal) => void = () => {}): Interceptor =>
  (next) =>
  async (request, context) => {
    const refuse = (why: Refusal, error: RpcError) => {
      refused(why);
      return error;
    };
    await new Promise<void>((begin, reject) => {
      const left = () => {
        leave?.();
        reject(refuse("left", new RpcError("CANCELLED", "the caller hung up before its turn came")));
      };
      const leave = turns.take(
        () => {
          context.signal.removeEventListener("abort", left);
          begin();
        },
        (error) => reject(refuse("full", error)),
      );
      if (leave) context.signal.addEventListener("abort", left);
    });
    try {
      if (Date.now() >= context.deadline) throw refuse("late", new RpcError("DEADLINE_EXCEEDED", "its turn came late"));
      return await next(request, context);
    } finally {
      turns.pass();
    }
  };
