import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type { Job, Plan } from "./plan.ts";

const leash = `--import=${new URL("leash.ts", import.meta.url)}`;

const FIRST_DELAY = 200;
const LONGEST_DELAY = 10_000;
const LONG_LIFE = 30_000;
const TRIES = 3;

/** What a worker tells of itself. */
export interface Listener {
  /** A line that the process wrote to stdout, or to stderr. */
  wrote(job: Job, line: string, stream: "stdout" | "stderr"): void;
  /** A service says SERVING for the first time, so many milliseconds after the beginning of its process. */
  serves(plan: Plan, after: number): void;
  /** Something happened to it, in words. */
  news(job: Job, words: string): void;
  /** It will not be tried again. */
  gaveUp(job: Job): void;
}

/** A job as a process, and the next process when that one dies. */
export interface Worker {
  readonly job: Job;
  pid(): number | undefined;
  /** Ends it: politely, after so many milliseconds by force. */
  end(patience: number): Promise<void>;
  /** Ends it and begins it again, as for a change of its code. */
  restart(): Promise<void>;
  kill(): void;
}

/**
 * Has a job done for as long as it is wanted. One that dies is begun again, after ever longer pauses; one that never
 * served is given up after three tries or, if `mendable`, left until the next restart.
 */
export function employ(job: Job, listener: Listener, { mendable }: { mendable: boolean }): Worker {
  let child: ChildProcess | undefined;
  let closed: Promise<void> | undefined;
  let again: NodeJS.Timeout | undefined;
  let wanted = true;
  let delay = 0;
  let failures = 0;
  let orders = 0;

  const begin = () => {
    const since = performance.now();
    const silent = new Set(job.plans);
    const own = spawn(process.execPath, [leash, ...job.command], {
      cwd: job.folder,
      env: job.environment,
      stdio: "pipe",
      // A group of its own: a terminal's Ctrl-C reaches the shop alone, which then stops everyone in order.
      detached: process.platform !== "win32",
    });
    child = own;
    eachLine(own.stdout, (line) => {
      const serving = silent.size > 0 && servingIn(line, silent);
      if (serving) {
        silent.delete(serving);
        if (silent.size === 0) failures = Number.NEGATIVE_INFINITY;
        listener.serves(serving, performance.now() - since);
      }
      listener.wrote(job, line, "stdout");
    });
    eachLine(own.stderr, (line) => listener.wrote(job, line, "stderr"));
    closed = new Promise((resolve) => {
      own.once("error", (error) => listener.wrote(job, error.message, "stderr"));
      own.once("close", (code, signal) => {
        child = undefined;
        const how = signal ? `was ended by ${signal}` : `ended with ${code}`;
        if (wanted) died(how, performance.now() - since, silent.size === 0);
        resolve();
      });
    });
  };

  const died = (how: string, lived: number, served: boolean) => {
    if (mendable && !served) return listener.news(job, `${how}: waiting for a change`);
    failures += 1;
    if (failures >= TRIES) {
      listener.news(job, `${how}: it could not start ${TRIES} times`);
      return listener.gaveUp(job);
    }
    delay = delay === 0 || lived > LONG_LIFE ? FIRST_DELAY : Math.min(2 * delay, LONGEST_DELAY);
    listener.news(job, `${how}: starting it again in ${delay / 1_000} s`);
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
    job,
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

/** The one of some services that says in this line that it serves. */
function servingIn(line: string, plans: ReadonlySet<Plan>): Plan | undefined {
  if (!line.includes('"status":"SERVING"') || !line.includes('"message":"health"')) return undefined;
  return [...plans].find(({ workload }) => line.includes(`"service":"${workload}"`));
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
