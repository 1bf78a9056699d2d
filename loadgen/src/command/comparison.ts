import { readFileSync, writeFileSync } from "node:fs";
import { htmlReport } from "../report/html.ts";
import { type Configuration, configurationsOf, differences, figures, nameOf, spreadWords } from "../results/compare.ts";
import type { Result } from "../results/result.ts";
import { columns } from "../terminal/columns.ts";
import { prepareFolders } from "./deliver.ts";
import { exitCodes } from "./exit.ts";
import type { Command } from "./options.ts";

/** Shows results side by side, and writes a report of them; resolves to the exit code. */
export function runComparison({ files, html }: Extract<Command, { does: "compare" }>): number {
  const named = files.map(readNamed);
  const results = named.map(({ result }) => result);
  if (html) prepareFolders({ html });
  const names = namesOf(named);
  console.log(inWords(configurationsOf(results, names)));
  if (html) {
    writeFileSync(html, htmlReport(results, names));
    console.log(`\nWritten: ${html}`);
  }
  return exitCodes.met;
}

interface Named {
  /** From "NAME=FILE", so that those of one name are repeats of each other. */
  readonly name: string | undefined;
  readonly file: string;
  readonly result: Result;
}

function readNamed(given: string): Named {
  const [, name, file = given] = /^([^=/]+)=(.+)$/.exec(given) ?? [];
  try {
    const result = JSON.parse(readFileSync(file, "utf8")) as Partial<Result>;
    if (result.format !== 1 || !result.total) throw new Error("is not a result of --json or --out");
    return { name, file, result: result as Result };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      `${file} ${code ? `cannot be read (${code})` : error instanceof SyntaxError ? "is not JSON" : message}`,
    );
  }
}

/** By their names, if they were given; by what differs; by their files where nothing does. */
function namesOf(named: readonly Named[]): readonly string[] | undefined {
  if (named.some(({ name }) => name !== undefined)) return named.map(({ name, file }) => name ?? file);
  const alike = configurationsOf(named.map(({ result }) => result)).length === 1;
  return alike ? named.map(({ file }) => file) : undefined;
}

function inWords(configurations: readonly Configuration[]): string {
  const head = ["", ...configurations.map(({ name }) => name)];
  const runs = ["runs", ...configurations.map(({ results }) => String(results.length))];
  const rows = figures.map((figure) => [
    nameOf(figure),
    ...configurations.map((configuration) => spreadWords(figure, configuration.figures[figure])),
  ]);
  const [first, ...others] = configurations;
  const changes = others.flatMap((other) => {
    if (!first) return [];
    return ["", `From ${first.name} to ${other.name}:`, ...differences(first, other).map((words) => `  ${words}`)];
  });
  return [...columns([head, runs, ...rows], 1), ...changes, ...doubtsOf(configurations)].join("\n");
}

/** A result that is not valid compares nothing, and says so. */
function doubtsOf(configurations: readonly Configuration[]): string[] {
  const doubtful = configurations.filter(({ results }) => results.some(({ valid }) => !valid));
  return doubtful.length === 0
    ? []
    : ["", `! Not valid, see its report: ${doubtful.map(({ name }) => name).join(", ")}`];
}
