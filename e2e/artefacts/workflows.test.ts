import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { overlays, skipped } from "./manifests.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const paths = globSync(".github/workflows/*.yml", { cwd: root });
const read = (path: string) => readFileSync(`${root}${path}`, "utf8");
const hasLinter = spawnSync("actionlint", ["-version"], { stdio: "ignore" }).status === 0;

interface Step {
  readonly name?: string;
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

it.skipIf(skipped).each(overlays)("a release's manifest %s runs what was pushed", (overlay) => {
  const place = realpathSync(mkdtempSync(join(tmpdir(), "boutique-release-")));
  onTestFinished(() => rmSync(place, { recursive: true }));
  symlinkSync(join(root, "k8s"), join(place, "k8s"));
  const step = stepsOf(".github/workflows/release.yml").find(({ name }) => name?.startsWith("Manifests"));
  const env = { ...process.env, REGISTRY: "registry.example/shop" };

  const { status, stderr } = spawnSync("bash", ["-e", "-c", String(step?.run)], { cwd: place, env, encoding: "utf8" });

  expect(status, stderr).toBe(0);
  const manifest = readFileSync(join(place, `release/${overlay}.yaml`), "utf8");
  expect(manifest).toContain("image: registry.example/shop/frontend:");
  expect(manifest).not.toMatch(/image: boutique|imagePullPolicy: Never/);
});
