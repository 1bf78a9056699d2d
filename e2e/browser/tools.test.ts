import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { chromiumPath, installChromium } from "../chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const npm = (...args: string[]) => spawnSync("npm", ["run", ...args], { cwd: root, encoding: "utf8" });
const runs = chromiumPath() !== undefined || process.env.CI === "true";

describe.runIf(runs)(`npm run screenshots${runs ? "" : ` (skipped: ${installChromium})`}`, () => {
  it("takes the README's pictures of a shop of its own", () => {
    const out = mkdtempSync(join(tmpdir(), "pictures-"));
    onTestFinished(() => rmSync(out, { recursive: true }));

    const { status, stderr } = npm("screenshots", "--", "--out", out);

    expect([status, stderr.match(/Error.*/g)]).toEqual([0, null]);
    expect(readdirSync(out).toSorted()).toEqual(readdirSync(join(root, "docs/images")).toSorted());
  });
});

describe.runIf(process.platform === "linux")("npm run bench", () => {
  it("measures starts, memory, pages and rates, as a table and as JSON", () => {
    const out = mkdtempSync(join(tmpdir(), "bench-"));
    onTestFinished(() => rmSync(out, { recursive: true }));
    const little = "--runs 1 --pages 5 --rates 20 --seconds 2 --no-ceiling --port 19300".split(" ");

    const { status, stdout } = npm("bench", "--", ...little, "--json", join(out, "suite.json"));

    expect(status).toBe(0);
    expect(stdout).toMatch(/^\| start to the first paid order, s \| \d+\.\d\d \| \d+\.\d\d \|$/m);
    expect(stdout).toMatch(/^\| product: calls \| \d+\.\d \| \d+\.\d \|$/m);
    expect(stdout).toMatch(/^\| 20\/s: failed \| 0 \| 0 \|$/m);
    expect(Object.keys(JSON.parse(readFileSync(join(out, "suite.json"), "utf8")).shops)).toEqual([
      "ten processes",
      "one process",
    ]);
  });

  it.each([
    ["bench", "--runs 0", "--runs 0 is not a number above 0"],
    ["bench", "--rates 100,fast", "--rates 100,fast is no list of numbers above 0"],
    ["bench:loads", "--plans tens", "--plans tens: the plans are"],
  ])("%s refuses %s in a line", (command, options, words) => {
    const { status, stderr } = npm(command, "--", ...options.split(" "));

    expect(status).toBe(2);
    expect(stderr).toContain(words);
  });
});
