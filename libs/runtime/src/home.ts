import type { Name } from "@boutique/contract/topology";
import type { Neighbours } from "@boutique/rpc/memory";

/** The process that a service lives in: one of its own, or one that it shares. */
export interface Home {
  /** What the service is told by. */
  environment(name: Name): NodeJS.ProcessEnv;
  /** Resolves when the service is to stop. */
  stopped(name: Name): Promise<void>;
  /** The service has stopped, or cannot go on: the exit code says which. */
  leave(name: Name, code: number): void;
  /** What to do when an error that nobody caught ends the process. */
  onCrash(name: Name, crashed: (error: unknown) => void): void;
  /** Those of the same process, who are called without a wire. */
  readonly neighbours?: Neighbours;
  lives(name: Name): boolean;
}

/** A process for one service. Its environment is the service's; it stops at SIGTERM or SIGINT, at a second one at once. */
function ownProcess(): Home {
  return {
    environment: () => process.env,
    stopped: () =>
      new Promise<void>((resolve) => {
        let asked = false;
        const stop = () => {
          if (asked) process.exit(1);
          asked = true;
          resolve();
        };
        process.on("SIGTERM", stop).on("SIGINT", stop);
      }),
    leave: (_, code) => process.exit(code),
    onCrash: (_, crashed) => void process.on("uncaughtException", crashed),
    lives: () => false,
  };
}

let current: Home | undefined;

/** Where services live that are booted here. */
export function home(): Home {
  current ??= ownProcess();
  return current;
}

/** Has all services that are booted from now on live in this home. */
export const moveIn = (shared: Home): void => {
  current = shared;
};
