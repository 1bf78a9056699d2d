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
  /** What a service has to say and to save when an error that nobody caught ends the process. */
  onCrash(name: Name, last: LastWords): void;
  /** Those of the same process, who are called without a wire. */
  readonly neighbours?: Neighbours;
  /** Whether a service is one of them. */
  lives(name: Name): boolean;
  /** How many services share the process. */
  readonly services: number;
}

/** What is done when a process ends by an error. */
export interface LastWords {
  tell(error: unknown): void;
  save(): void;
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
    onCrash: (_, { tell, save }) =>
      void process.on("uncaughtException", (error) => {
        tell(error);
        save();
        process.exit(1);
      }),
    lives: () => false,
    services: 1,
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
