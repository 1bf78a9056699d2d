import type { Point } from "../results/result.ts";
import { gridOf, linearAxis, tickLatency } from "./axis.ts";
import { clockAxis, clockOf } from "./clock-axis.ts";
import { limitOf } from "./lines.ts";
import { type Chart, type Format, picture } from "./picture.ts";
import { heading, linesOf, secondsOf, type Timed } from "./timed.ts";

/** How the load generator itself did: one that is busy measures itself. */
export function selfChart({ series, plan }: Timed, format: Format): Chart {
  const about = "The busiest worker: CPU of one core, and by how much its event loop or its requests were late (p99).";
  return picture(format, { name: "generator", title: "The load generator itself", about }, (begin) => {
    const clock = clockOf(format, secondsOf(series));
    const cpu = { top: begin + 22, bottom: begin + 102 };
    const late = { top: begin + 134, bottom: begin + 214 };
    const most = (of: "cpu" | "loopP99" | "lateP99") => Math.max(0, ...series.map(({ self }) => self[of]));
    const cpuAxis = linearAxis(Math.max(1, most("cpu")), cpu.top, cpu.bottom, 2);
    const lateAxis = linearAxis(Math.max(60, most("loopP99"), most("lateP99")), late.top, late.bottom, 2);
    const open = plan?.model === "rate";
    return {
      height: late.bottom + 28,
      content: [
        gridOf(cpuAxis, clock.from, clock.to, (value) => `${Math.round(value * 100)}\u00a0%`),
        gridOf(lateAxis, clock.from, clock.to, tickLatency),
        heading("CPU", cpu.top - 9, format),
        heading("Lateness", late.top - 9, format),
        limitOf(cpuAxis.y(0.9), clock.from, clock.to, "busy above 90\u00a0%", cpu.top),
        limitOf(lateAxis.y(50), clock.from, clock.to, "late above 50\u00a0ms", late.top),
        linesOf(
          [{ words: "CPU", colour: "rate", of: ({ self }) => self.cpu, filled: true }],
          series,
          clock,
          cpuAxis,
          cpu.top,
          cpu.bottom,
        ),
        linesOf(
          [
            { words: "loop", colour: "rate", of: ({ self }) => self.loopP99 },
            ...(open ? [{ words: "sending", colour: "second" as const, of: ({ self }: Point) => self.lateP99 }] : []),
          ],
          series,
          clock,
          lateAxis,
          late.top,
          late.bottom,
        ),
        clockAxis(clock, late.bottom),
      ],
    };
  });
}
