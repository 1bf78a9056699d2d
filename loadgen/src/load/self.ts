import { cpus } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { SelfFigures } from "./interval.ts";
import { createLatencies } from "./recorder.ts";

const RESOLUTION_MS = 10;
const MIB = 2 ** 20;

/** Watches the load generator itself. */
export interface Self {
  /** Something was done so many milliseconds after it was due. */
  late(milliseconds: number): void;
  /** How it was since the last time. */
  take(): SelfFigures;
  close(): void;
}

/** Begins to watch this process. */
export function watchSelf(): Self {
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  loop.enable();
  const lateness = createLatencies();
  let cpu = process.cpuUsage();
  let machine = coreTimes();
  let since = performance.now();
  // What is measured is from one beat to the next, which is the resolution when nothing is late.
  const delay = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  return {
    late: (milliseconds) => lateness.recordValue(Math.max(0, Math.round(milliseconds * 1_000))),
    take() {
      const used = process.cpuUsage();
      const now = performance.now();
      const times = coreTimes();
      const figures = {
        cpu: (used.user + used.system - cpu.user - cpu.system) / 1_000 / (now - since),
        machine: 1 - (times.idle - machine.idle) / Math.max(1, times.all - machine.all),
        loopP99: loop.count > 0 ? delay(loop.percentile(99)) : 0,
        loopMax: loop.count > 0 ? delay(loop.max) : 0,
        lateP99: lateness.totalCount > 0 ? lateness.getValueAtPercentile(99) / 1_000 : 0,
        rss: process.memoryUsage.rss() / MIB,
      };
      cpu = used;
      machine = times;
      since = now;
      loop.reset();
      lateness.reset();
      return figures;
    },
    close: () => void loop.disable(),
  };
}

/** What the cores of this machine did so far, milliseconds: all of it, and nothing. */
function coreTimes(): { readonly all: number; readonly idle: number } {
  const cores = cpus().map(({ times }) => times);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return { all: sum(cores.flatMap((times) => Object.values(times))), idle: sum(cores.map(({ idle }) => idle)) };
}
