import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { described } from "../src/command/asked.ts";
import { exitCodes } from "../src/command/exit.ts";
import { help } from "../src/command/help.ts";
import { readOptions } from "../src/command/options.ts";
import { loadPlan, planNames, readPlan } from "../src/plan/plan-file.ts";

const docs = readFileSync(new URL("../../docs/load.md", import.meta.url), "utf8");

describe("docs/load.md", () => {
  it.each(planNames())("has the plan %s with its sentence", (name) => {
    expect(docs).toContain(`| \`${name}\` | ${loadPlan(name).about} |`);
  });

  it("has commands that are understood", () => {
    const commands = [...docs.matchAll(/npm run load(?: -- ([^`#\n]*))?/g)].map(([, line = ""]) => line.trim());
    expect(commands.length).toBeGreaterThan(8);
    for (const line of commands) {
      expect(() => readOptions(line.split(/\s+/).filter(Boolean), {}), line).not.toThrow();
    }
  });

  it("has a plan that will do", () => {
    const [, json = ""] = /```json\n(.*?)```/s.exec(docs) ?? [];
    expect(readPlan(JSON.parse(json), "my-plan").stages).toHaveLength(4);
  });

  it("has every exit code", () => {
    for (const code of Object.values(exitCodes)) expect(docs).toContain(`\n| ${code} | `);
  });
});

describe("--help", () => {
  // Understood for the sake of old scripts, and without effect.
  const silent = ["csv-full-history", "help", "version"];

  it.each(Object.keys(described).filter((name) => !silent.includes(name)))("knows --%s", (name) => {
    expect(help).toContain(`--${name}`);
  });

  it("fits a terminal", () => {
    expect(help.split("\n").filter((line) => line.length > 120)).toEqual([]);
  });
});
