import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostPort, type Plan } from "./plan.ts";

/** A service that serves. */
export interface Row {
  readonly plan: Plan;
  readonly host: string;
  readonly pid: number | undefined;
  /** How long after its beginning it served, in milliseconds. */
  readonly after: number;
}

/** Who runs where, since when, and in how much memory, for a page of the terminal. */
export function tableOf(rows: readonly Row[]): string {
  const pids = rows.map(({ pid }) => pid);
  // Of a process that several share it is said once.
  const memories = pids.map((pid, row) => (pid && pids.indexOf(pid) === row ? memoryOf(pid) : undefined));
  const lines = rows.map(({ plan, host, pid, after }, place) => [
    plan.workload,
    hostPort(host, plan.ports.grpc),
    hostPort(host, plan.ports.metrics),
    String(pid ?? ""),
    `${(after / 1_000).toFixed(2)} s`,
    pids.indexOf(pid) === place ? mebibytes(memories[place]?.rss) : "",
  ]);
  const known = memories.filter((_, row) => pids.indexOf(pids[row]) === row);
  const sum = (kind: keyof Memory) => known.reduce((total, memory) => total + (memory?.[kind] ?? Number.NaN), 0);
  const shared = Number.isNaN(sum("pss")) ? "" : `, ${mebibytes(sum("pss"))} counting shared pages once (PSS)`;
  const all = [["service", "gRPC", "metrics", "pid", "ready after", "memory"], ...lines];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0))) ?? [];
  const text = all.map((cells) => cells.map((cell, column) => aligned(cell, column, widths[column] ?? 0)).join("   "));
  return `${text.map((line) => `  ${line.trimEnd()}`).join("\n")}\n  memory in sum: ${mebibytes(sum("rss"))}${shared}`;
}

const aligned = (cell: string, column: number, width: number) =>
  column < 3 ? cell.padEnd(width) : cell.padStart(width);

interface Memory {
  readonly rss: number;
  /** With pages that several processes share counted in parts; NaN where the system does not tell. */
  readonly pss: number;
}

const mebibytes = (kibibytes = Number.NaN) => (Number.isNaN(kibibytes) ? "?" : `${Math.round(kibibytes / 1_024)} MiB`);

function memoryOf(pid: number): Memory | undefined {
  try {
    if (process.platform !== "linux") {
      return { rss: Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)])), pss: Number.NaN };
    }
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const read = (kind: string) => Number(new RegExp(`^${kind}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? Number.NaN);
    return { rss: read("Rss"), pss: read("Pss") };
  } catch {
    return undefined; // it has just died, or there is no ps
  }
}
