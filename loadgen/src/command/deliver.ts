import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { charts } from "../report/charts.ts";
import { htmlReport } from "../report/html.ts";
import { exceptionsCsv, failuresCsv, historyCsv, statsCsv } from "../results/csv.ts";
import type { Result } from "../results/result.ts";
import type { Asked } from "./asked.ts";

/** What of a result is written, and where to. */
export type Wanted = Pick<Asked, "csv" | "html" | "json" | "out">;

/** The files of a result by path, and how each is made. */
export function filesOf(result: Result, { csv, html, json, out }: Wanted): ReadonlyMap<string, () => string> {
  const files = new Map<string, () => string>();
  const write = (report: string | undefined, data: string | undefined, prefix: string | undefined) => {
    if (data) files.set(data, () => `${JSON.stringify(result, undefined, 2)}\n`);
    if (report) files.set(report, () => htmlReport([result]));
    if (!prefix) return;
    files.set(`${prefix}stats.csv`, () => statsCsv(result));
    files.set(`${prefix}stats_history.csv`, () => historyCsv(result));
    files.set(`${prefix}failures.csv`, () => failuresCsv(result));
    files.set(`${prefix}exceptions.csv`, exceptionsCsv);
  };
  write(html, json, csv && `${csv}_`);
  if (!out) return files;
  write(join(out, "report.html"), join(out, "result.json"), join(out, "/"));
  for (const { name, svg } of charts(result)) files.set(join(out, `${name}.svg`), () => svg);
  return files;
}

/** Makes the folders that files will be written to, and throws an Error that names the one that cannot be. */
export function prepareFolders({ csv, html, json, out }: Wanted): void {
  const files = { "--csv": csv, "--html": html, "--json": json, "--out": out && join(out, "x") };
  for (const [option, path] of Object.entries(files)) {
    if (path === undefined) continue;
    const folder = dirname(path);
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK);
    } catch (error) {
      throw new Error(`${option} ${path}: ${folder} cannot be written to (${(error as NodeJS.ErrnoException).code})`);
    }
  }
}

/** Writes a result; gives the paths, and in words what could not be written. */
export function deliver(result: Result, wanted: Wanted): { written: string[]; problems: string[] } {
  const written: string[] = [];
  const problems: string[] = [];
  for (const [path, content] of filesOf(result, wanted)) {
    try {
      writeFileSync(path, content());
      written.push(path);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      problems.push(`${path} could not be written: ${code ?? message}`);
    }
  }
  return { written, problems };
}
