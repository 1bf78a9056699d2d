import type { Point } from "../results/result.ts";
import { milliseconds } from "../results/spoken.ts";
import { gridOf, latencyAxis, linearAxis, tickCount, tickLatency } from "./axis.ts";
import { bandsOf, clockAxis, clockOf, momentAt } from "./clock-axis.ts";
import { limitOf } from "./lines.ts";
import { type Chart, type Format, picture } from "./picture.ts";
import { heading, type Line, linesOf, secondsOf, type Timed } from "./timed.ts";

/** Users above, and below on the same clock how many requests were answered each second, and how many of them failed. */
export function throughputChart({ series, plan, moments = [] }: Timed, format: Format): Chart {
  const about = "Requests answered per second, those that failed among them; above, the users there were.";
  return picture(format, { name: "throughput", title: "Throughput and failures", about }, (begin) => {
    const clock = clockOf(format, secondsOf(series));
    const users = { top: begin + 34, bottom: begin + 94 };
    const rates = { top: begin + 124, bottom: begin + 314 };
    const userAxis = linearAxis(Math.max(0, ...series.map(({ users }) => users)), users.top, users.bottom, 2);
    const rateAxis = linearAxis(Math.max(0, ...series.map(({ rate }) => rate)), rates.top, rates.bottom);
    const all: Line = { words: "requests", colour: "rate", of: ({ rate }) => rate, filled: true };
    const failed: Line = { words: "failures", colour: "failure", of: ({ failureRate }) => failureRate, filled: true };
    const there: Line = { words: "users", colour: "users", of: ({ users }) => users, filled: true };
    return {
      height: rates.bottom + 28,
      content: [
        bandsOf(plan, clock, users.top, users.bottom, true),
        bandsOf(plan, clock, rates.top, rates.bottom, false),
        gridOf(userAxis, clock.from, clock.to, tickCount),
        gridOf(rateAxis, clock.from, clock.to, tickCount),
        heading("Users", users.top - 20, format),
        heading("Requests per second", rates.top - 9, format),
        linesOf([there], series, clock, userAxis, users.top, users.bottom),
        linesOf([all, failed], series, clock, rateAxis, rates.top, rates.bottom),
        ...moments.map(({ second, words }) => momentAt(clock, second, words, rates.top, rates.bottom)),
        clockAxis(clock, rates.bottom),
      ],
    };
  });
}

/** Latency over time: median, p95 and p99 of each moment, and the limits that the plan has for them. */
export function latencyChart({ series, plan, moments = [] }: Timed, format: Format): Chart {
  const answered = (of: "p50" | "p95" | "p99") => (point: Point) =>
    point.rate > 0 && point[of] > 0 ? point[of] : undefined;
  const shares = ["p99", "p95", "p50"] as const;
  const values = series.flatMap((point) => shares.flatMap((share) => answered(share)(point) ?? []));
  const { objectives = {} } = plan ?? {};
  // A limit far above all that was measured would press it to the bottom.
  const most = Math.max(0, ...values);
  const limits = shares.flatMap((share) => {
    const limit = objectives[share];
    return limit !== undefined && limit < 4 * most ? [{ share, limit }] : [];
  });
  const scale = latencyAxis([...values, ...limits.map(({ limit }) => limit)], 0, 1).log
    ? ", on a logarithmic axis"
    : "";
  const about = `Median, 95th and 99th percentile of each moment${scale}. Where failures were slower than answers, they count.`;
  return picture(format, { name: "latency", title: "Response time", about }, (begin) => {
    const clock = clockOf(format, secondsOf(series));
    const [top, bottom] = [begin + 10, begin + 220];
    const axis = latencyAxis([...values, ...limits.map(({ limit }) => limit)], top, bottom);
    return {
      height: bottom + 28,
      content: [
        bandsOf(plan, clock, top, bottom, false),
        gridOf(axis, clock.from, clock.to, tickLatency),
        ...limits.map(({ share, limit }) =>
          limitOf(axis.y(limit), clock.from, clock.to, `${share} limit ${milliseconds(limit)}`, top),
        ),
        linesOf(
          shares.map((share) => ({ words: share === "p50" ? "median" : share, colour: share, of: answered(share) })),
          series,
          clock,
          axis,
          top,
          bottom,
        ),
        ...moments.map(({ second, words }) => momentAt(clock, second, words, top, bottom)),
        clockAxis(clock, bottom),
      ],
    };
  });
}
