import type { State } from "../command/operator.ts";
import type { Order } from "../crew/crew.ts";
import { durationOf } from "../load/level.ts";
import type { Snapshot } from "../results/snapshot.ts";
import { count, duration, milliseconds, percent, perSecond } from "../results/spoken.ts";
import { columns, type Paint, routeTable, sparkline } from "./columns.ts";

const SHOWN_ERRORS = 4;
const BAR = 36;

/** What the live view shows of a run. */
export interface View {
  readonly order: Order;
  readonly state: State;
  readonly snapshot: Snapshot;
}

/** The live view, as lines of a terminal that is so many columns wide and so many rows high. */
export function dashboard({ order, state, snapshot }: View, size: { width: number; height: number }, paint: Paint) {
  const { plan, host } = order;
  const { now, self, errors, routes, total, series, users, waiting } = snapshot;
  const failing = now.rate > 0 ? now.failureRate / now.rate : 0;
  const head = ["users", "in flight", "req/s", "failures", "p50", "p95", "p99"];
  const latencies = [now.p50, now.p95, now.p99].map(milliseconds);
  const figures = [count(users), count(waiting), count(now.rate), percent(failing), ...latencies];
  const [labels = "", values = ""] = columns(
    [head, figures].map((cells) => cells.map((cell) => cell.padStart(9))),
    0,
  );
  const top = [
    `${paint("bold", `  ${plan.name}`)}  →  ${host}  ${paint(state === "running" ? "green" : "yellow", state)}`,
    ...(plan.about ? [paint("dim", `  ${plan.about}`)] : []),
    "",
    `  ${progress(snapshot.seconds, durationOf(plan), paint)}${stageOf(snapshot)}`,
    "",
    paint("dim", labels),
    paint(failing > 0 ? ["bold", "red"] : "bold", values),
    "",
    `  ${paint("dim", "req/s")}  ${paint("cyan", sparkline(rates(series), Math.max(10, Math.min(90, size.width - 12))))}`,
    "",
  ];
  const table = routeTable(routes, total, paint);
  const wrong = errors.slice(0, SHOWN_ERRORS).map(({ method, name, words, count: times }) => {
    return `  ${paint("red", `${count(times)} ×`)}  ${method} ${name}: ${words}`;
  });
  const more = errors.length > SHOWN_ERRORS ? [`  and ${errors.length - SHOWN_ERRORS} other kinds of failures`] : [];
  const own = [
    `cpu ${percent(self.cpu)} of a core`,
    `event loop ${milliseconds(self.loopP99)} late`,
    `requests ${milliseconds(self.lateP99)} late`,
    `${count(self.rss)} MiB`,
    ...(snapshot.workers.length > 1 ? [`the busiest of ${snapshot.workers.length} workers`] : []),
  ];
  const bottom = [
    ...(wrong.length > 0 ? ["", ...wrong, ...more] : []),
    "",
    `  ${paint("dim", "generator")}  ${own.join(" · ")}`,
    ...snapshot.flaws.map((words) => `  ${paint("yellow", "!")} ${words}`),
    paint("dim", state === "stopping" ? "  finishing what was begun…" : "  Ctrl-C ends the run and reports it"),
  ];
  // A low terminal shows the totals rather than a part of the routes.
  const room = size.height - 1 - top.length - bottom.length;
  return [...top, ...(table.length <= room ? table : [...table.slice(0, 1), ...table.slice(-1)]), ...bottom];
}

/** One line of a run, where nothing can be redrawn. */
export function line({ state, snapshot }: View): string {
  const { seconds, users, now, total } = snapshot;
  const latencies = `p50 ${milliseconds(now.p50)}, p95 ${milliseconds(now.p95)}, p99 ${milliseconds(now.p99)}`;
  const failed = `${count(total.failures)} of ${count(total.requests)} failed`;
  const where = `${duration(seconds)}${stageOf(snapshot)}`;
  return `${where}: ${count(users)} users, ${perSecond(now.rate)}, ${latencies}, ${failed}${state === "stopping" ? ", stopping" : ""}`;
}

const rates = (series: Snapshot["series"]) => series.map(({ rate }) => rate);

function stageOf({ stage, warmingUp }: Snapshot): string {
  if (warmingUp) return " · warming up: does not count";
  return stage ? ` · ${stage}` : "";
}

function progress(seconds: number, whole: number, paint: Paint): string {
  if (!Number.isFinite(whole)) return `${duration(seconds)} so far, until stopped`;
  const done = whole > 0 ? Math.min(1, seconds / whole) : 1;
  const full = Math.round(done * BAR);
  const bar = `${paint("green", "█".repeat(full))}${paint("dim", "░".repeat(BAR - full))}`;
  return `${bar}  ${duration(seconds)} of ${duration(whole)} · ${duration(Math.max(0, whole - seconds))} left`;
}
