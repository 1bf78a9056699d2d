import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type { Plan } from "./plan.ts";

// Measured on shipping: 86 MB of memory without, 79 with; under load the heap stays small as well. Old space is what
// keeps a leak from taking the laptop: no service needs half of it.
const flags = [
  "--max-semi-space-size=1",
  "--max-old-space-size=96",
  `--import=${new URL("leash.ts", import.meta.url)}`,
];

const FIRST_DELAY = 200;
const LONGEST_DELAY = 10_000;
const LONG_LIFE = 30_000;
const TRIES = 3;

/** What a worker tells of itself. */
export interface Listener {
  /** A line that the service wrote to stdout, or to stderr. */
  wrote(plan: Plan, line: string, stream: "stdout" | "stderr"): void;
  /** A process says SERVING for the first time, so many milliseconds after its beginning. */
  serves(plan: Plan, after: number): void;
  /** Something happened to it, in words. */
  news(plan: Plan, words: string): void;
  /** It will not be tried again. */
  gaveUp(plan: Plan): void;
}

/** A service as a process, and the next process when that one dies. */
export interface Worker {
  readonly plan: Plan;
  pid(): number | undefined;
  /** Ends it: politely, after so many milliseconds by force. */
  end(patience: number): Promise<void>;
  /** Ends it and begins it again, as for a change of its code. */
  restart(): Promise<void>;
  kill(): void;
}

/**
 * Runs a service for as long as it is wanted. One that dies is begun again, after ever longer pauses; one that never
 * served is given up after three tries or, if `mendable`, left until the next restart.
 */
export function employ(plan: Plan, listener: Listener, { mendable }: { mendable: boolean }): Worker {
  let child: ChildProcess | undefined;
  let closed: Promise<void> | undefined;
  let again: NodeJS.Timeout | undefined;
  let wanted = true;
  let delay = 0;
  let failures = 0;
  let orders = 0;

  const begin = () => {
    const since = performance.now();
    let serving = false;
    const own = spawn(process.execPath, [...flags, `${plan.folder}/src/main.ts`], {
      cwd: plan.folder,
      env: plan.environment,
      stdio: "pipe",
      // A group of its own: a terminal's Ctrl-C reaches the shop alone, which then stops everyone in order.
      detached: process.platform !== "win32",
    });
    child = own;
    eachLine(own.stdout, (line) => {
      if (!serving && line.includes('"status":"SERVING"') && line.includes('"message":"health"')) {
        serving = true;
        failures = Number.NEGATIVE_INFINITY;
        listener.serves(plan, performance.now() - since);
      }
      listener.wrote(plan, line, "stdout");
    });
    eachLine(own.stderr, (line) => listener.wrote(plan, line, "stderr"));
    closed = new Promise((resolve) => {
      own.once("error", (error) => listener.wrote(plan, error.message, "stderr"));
      own.once("close", (code, signal) => {
        child = undefined;
        if (wanted) died(signal ? `was ended by ${signal}` : `ended with ${code}`, performance.now() - since, serving);
        resolve();
      });
    });
  };

  const died = (how: string, lived: number, served: boolean) => {
    if (mendable && !served) return listener.news(plan, `${how}: waiting for a change`);
    failures += 1;
    if (failures >= TRIES) {
      listener.news(plan, `${how}: it could not start ${TRIES} times`);
      return listener.gaveUp(plan);
    }
    delay = delay === 0 || lived > LONG_LIFE ? FIRST_DELAY : Math.min(2 * delay, LONGEST_DELAY);
    listener.news(plan, `${how}: starting it again in ${delay / 1_000} s`);
    again = setTimeout(begin, delay);
  };

  const end = async (patience: number) => {
    orders += 1;
    wanted = false;
    clearTimeout(again);
    const own = child;
    if (!own) return;
    const late = setTimeout(() => own.kill("SIGKILL"), patience);
    own.kill("SIGTERM");
    await closed;
    clearTimeout(late);
  };

  begin();
  return {
    plan,
    pid: () => child?.pid,
    end,
    async restart() {
      const ended = end(1_000);
      const order = orders;
      await ended;
      // A stop or another restart may have been ordered in the meantime: the last order counts.
      if (order !== orders) return;
      wanted = true;
      delay = 0;
      begin();
    },
    kill: () => child?.kill("SIGKILL"),
  };
}

/** Calls back with each line of a stream, the last unfinished one included. */
function eachLine(stream: Readable, tell: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) tell(line);
  });
  stream.on("end", () => rest && tell(rest));
}
