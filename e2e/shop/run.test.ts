import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { run } from "./command.ts";

// Stands for npm: writes down that it was called, and leaves behind what `npm ci` does.
const npm = `
  const { appendFileSync, copyFileSync, mkdirSync, symlinkSync, rmSync } = require("node:fs");
  appendFileSync("calls", process.argv.slice(2).join(" ") + "\\n");
  if (process.env.BROKEN) { console.error("npm error no network"); process.exit(7); }
  rmSync("node_modules", { recursive: true, force: true });
  mkdirSync("node_modules/node/bin", { recursive: true });
  symlinkSync(process.execPath, "node_modules/node/bin/node");
  setTimeout(() => copyFileSync("package-lock.json", "node_modules/.package-lock.json"), 300);
`;

/** A repository of the test's own, of which nothing is installed. */
function clone() {
  const root = mkdtempSync(join(tmpdir(), "clone-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "scripts"));
  copyFileSync(fileURLToPath(new URL("../../scripts/run.mjs", import.meta.url)), join(root, "scripts/run.mjs"));
  writeFileSync(join(root, "npm.js"), npm);
  writeFileSync(
    join(root, "hello.ts"),
    'const code: number = 5; console.log("hello", process.argv[2]); process.exit(code);',
  );
  const lock = (version: string) =>
    writeFileSync(
      join(root, "package-lock.json"),
      JSON.stringify({ packages: { "": {}, "node_modules/a": { version }, "node_modules/b": { optional: true } } }),
    );
  lock("1.0.0");
  const start = async (environment = {}) => {
    const words = [process.execPath, join(root, "scripts/run.mjs"), "hello.ts", "you"];
    const command = run(words, { npm_execpath: join(root, "npm.js"), ...environment });
    const { code } = await command.ended();
    return { code, stdout: command.stdout(), stderr: command.stderr() };
  };
  const calls = () => (existsSync(join(root, "calls")) ? readFileSync(join(root, "calls"), "utf8") : "");
  return { start, lock, calls };
}

const installing = "Installing dependencies (a first start takes a little longer)…\n";

it("installs at the first start, then only when the lock file changes, and ends with the script's own code", async () => {
  const { start, lock, calls } = clone();

  expect(await start()).toEqual({ code: 5, stdout: "hello you\n", stderr: installing });
  expect(await start()).toEqual({ code: 5, stdout: "hello you\n", stderr: "" });
  lock("1.0.1");
  expect(await start({ NODE_ENV: "production" })).toMatchObject({ code: 5, stderr: installing });

  expect(calls()).toBe("ci --include=dev --include=optional\n".repeat(2));
});

it("installs once when two start together", async () => {
  const { start, calls } = clone();

  const both = await Promise.all([start(), start()]);

  expect(both.map(({ code }) => code)).toEqual([5, 5]);
  expect(calls().trim().split("\n")).toHaveLength(1);
});

it("shows what npm said when it fails, and starts nothing", async () => {
  const { start, calls } = clone();

  const { code, stdout, stderr } = await start({ BROKEN: "1" });

  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toBe(`${installing}npm error no network\nnpm ci failed with 7: see above. Nothing was started.\n`);
  expect(await start()).toMatchObject({ code: 5 });
  expect(calls().trim().split("\n")).toHaveLength(2);
});
