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
  let since = performance.now();
  // What is measured is from one beat to the next, which is the resolution when nothing is late.
  const delay = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  return {
    late: (milliseconds) => lateness.recordValue(Math.max(0, Math.round(milliseconds * 1_000))),
    take() {
      const used = process.cpuUsage();
      const now = performance.now();
      const figures = {
        cpu: (used.user + used.system - cpu.user - cpu.system) / 1_000 / (now - since),
        loopP99: loop.count > 0 ? delay(loop.percentile(99)) : 0,
        loopMax: loop.count > 0 ? delay(loop.max) : 0,
        lateP99: lateness.totalCount > 0 ? lateness.getValueAtPercentile(99) / 1_000 : 0,
        rss: process.memoryUsage.rss() / MIB,
      };
      cpu = used;
      since = now;
      loop.reset();
      lateness.reset();
      return figures;
    },
    close: () => void loop.disable(),
  };
}
