import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
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

describe.runIf(process.platform === "linux")("npm run bench:start", () => {
  it("measures a start to the first paid order, and the memory", () => {
    const { status, stdout } = npm("bench:start", "--", "--runs", "1", "--port", "19300");

    expect(status).toBe(0);
    expect(stdout.match(/\d+ (ms|MiB) \[\d+-\d+\]/g)).toHaveLength(6);
    expect(stdout).not.toMatch(/ 0 (ms|MiB)/);
  });
});
