import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));
const paths = globSync(".github/workflows/*.yml", { cwd: root });
const read = (path: string) => readFileSync(`${root}${path}`, "utf8");
const hasLinter = spawnSync("actionlint", ["-version"], { stdio: "ignore" }).status === 0;

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

const stepsOf = (path: string): readonly Step[] =>
  Object.values(parse(read(path)).jobs as Record<string, { steps?: readonly Step[] }>).flatMap(
    // A job may be another workflow, which is a file beside it.
    ({ steps = [] }) => steps,
  );

describe.each(paths)("%s", (path) => {
  it.runIf(hasLinter || process.env.CI === "true")("is as actionlint would have it", () => {
    const { status, stdout, error } = spawnSync("actionlint", ["-no-color", path], { cwd: root, encoding: "utf8" });

    expect(error).toBeUndefined();
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });

  it("names foreign actions by commit, which nobody can move", () => {
    const foreign = stepsOf(path).flatMap(({ uses }) => uses ?? []);

    expect(foreign).not.toEqual([]);
    expect(foreign.filter((uses) => !/@[\da-f]{40}$/.test(uses))).toEqual([]);
  });

  it("runs only npm commands that exist", () => {
    const { scripts } = JSON.parse(read("package.json"));
    const text = stepsOf(path).map(({ run = "" }) => run);
    const run = [...text.join("\n").matchAll(/npm (?:run (?:--silent )?([\w:]+)|(test))/g)].map(([, a, b]) => a ?? b);

    expect(run).not.toEqual([]);
    expect(run.filter((name) => !(String(name) in scripts))).toEqual([]);
  });
});
