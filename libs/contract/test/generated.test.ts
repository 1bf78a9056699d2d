import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";

const home = fileURLToPath(new URL("..", import.meta.url));

/** Every file below a folder, by its path there. */
const filesIn = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path.slice(folder.length), readFileSync(path, "utf8")]),
  );

it("has its types generated from the protos as they are", () => {
  const folder = mkdtempSync(join(tmpdir(), "gen-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { scripts } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));

  const { status, stderr } = spawnSync(scripts.generate.replace("-O gen ", `-O ${folder} `), {
    shell: true,
    cwd: home,
    env: { ...process.env, PATH: `${join(home, "../../node_modules/.bin")}:${process.env.PATH}` },
    encoding: "utf8",
  });

  expect(status, stderr).toBe(0);
  expect(filesIn(folder)).toEqual(filesIn(join(home, "gen")));
});
