import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { exitCodeOf } from "../src/command/exit.ts";
import type { Result } from "../src/results/result.ts";
import { nobody, serveShop } from "./hands/crew-on-call.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const { FRONTEND_ADDR: _, USERS: _users, RATE: _rate, ...environment } = process.env;

/** The real command, what it says, and its end. */
function start(line: string, env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [main, ...line.split(" ")], { env: { ...environment, ...env } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  onTestFinished(() => void child.kill("SIGKILL"));
  const says = async (words: string) => {
    while (!output.includes(words)) {
      if (child.exitCode !== null) throw new Error(`it ended without saying "${words}":\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const end = once(child, "close").then(([code]) => ({ code: code as number, output }));
  return { child, says, end, output: () => output };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "load-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

const resultIn = (path: string): Result => JSON.parse(readFileSync(path, "utf8"));
const load = "--headless --no-metrics --checks status --wait 0.1-0.2 -u 3 -r 30";

/** A shop, and when it was asked for ten pages. */
async function askedShop() {
  const { promise: busy, resolve } = Promise.withResolvers<void>();
  return { url: await serveShop({ asked: (times) => times === 10 && resolve() }), busy };
}

/** A shop that shows one page, to be seen as one, and gives no answer to shoppers. */
async function silentShop() {
  const { promise: begun, resolve } = Promise.withResolvers<void>();
  const silent = createServer((request, response) => {
    if (request.headers["user-agent"]?.startsWith("boutique-loadgen")) return resolve();
    response.setHeader("content-type", "text/html").end('<a href="/product/1">');
  }).listen(0, "127.0.0.1");
  await once(silent, "listening");
  onTestFinished(() => {
    silent.closeAllConnections();
    silent.close();
  });
  return { url: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`, begun };
}

// A run lasts as long as it does.
describe("the command", { timeout: 20_000 }, () => {
  it("says how it is used, and in one line what it does not understand", async () => {
    const help = await start("--help").end;
    expect(help.code).toBe(0);
    expect(help.output).toContain("--spawn-rate");
    expect((await start("--plans").end).output).toMatch(/^ {2}smoke +\S/m);
    const wrong = await start("--users none").end;
    expect(wrong.code).toBe(2);
    expect(wrong.output.trim().split("\n")).toHaveLength(1);
  });

  it("runs, writes all files and ends with the code of its result", async () => {
    const [shop, out] = [await serveShop(), folder()];
    const { code, output } = await start(`${load} -H ${shop} -t 1s --p95 0.001 --out ${out} --csv ${out}/sub/run`).end;
    const result = resultIn(join(out, "result.json"));
    expect(result.total.requests).toBeGreaterThan(3);
    expect(result.verdict).toMatchObject([{ objective: "p95", met: false }]);
    expect(code).toBe(exitCodeOf(result));
    expect(code).toBeGreaterThan(0);
    expect(output).toContain("p95 was");
    for (const file of [
      "report.html",
      "stats.csv",
      "throughput.svg",
      "sub/run_stats_history.csv",
      "sub/run_failures.csv",
    ]) {
      expect(existsSync(join(out, file)), file).toBe(true);
    }
    expect(result.manifest).toMatchObject({ host: shop, ended: "plan", plan: { checks: "status" } });
  });

  it("reports all the same after one Ctrl-C, and leaves the token out", async () => {
    const [{ url, busy }, out] = [await askedShop(), folder()];
    const { child, end } = start(`${load} -H ${url} --token s3cret --json ${out}/r.json`, {});
    await busy;
    child.kill("SIGINT");
    child.kill("SIGINT");
    const { code, output } = await end;
    const result = resultIn(join(out, "r.json"));
    expect(result.manifest.ended).toBe("stopped");
    expect(result.total.requests).toBeGreaterThan(0);
    expect(code).toBe(exitCodeOf(result));
    expect(output).toContain("and was stopped");
    expect(result.manifest.command).toContain("--token …");
  });

  it("runs as the original's container does, until it is told to end", async () => {
    const { url, busy } = await askedShop();
    const env = { FRONTEND_ADDR: new URL(url).host, USERS: "20", RATE: "20" };
    const { child, end } = start("--no-metrics --checks status", env);
    await busy;
    child.kill("SIGTERM");
    expect((await end).output).toContain(`on ${url} ran`);
  });

  it("ends with 3 when there is no shop, 2 when it cannot write", async () => {
    const host = await nobody();
    const gone = await start(`${load} -H ${host} --wait-ready 0 -t 1s`).end;
    expect([gone.code, gone.output]).toEqual([3, expect.stringContaining(`no shop at ${host}: connection refused`)]);
    const unwritable = await start(`${load} -t 1s --html ${main}/report.html`).end;
    expect([unwritable.code, unwritable.output]).toEqual([2, expect.stringContaining("cannot be written to")]);
  });

  it("ends with 3 when a report cannot be written, and writes the others", async () => {
    const out = folder();
    const { code, output } = await start(`${load} -H ${await serveShop()} -t 2s --json ${out} --csv ${out}/run`).end;

    expect(output).toContain(`${out} could not be written: EISDIR`);
    expect(existsSync(join(out, "run_stats.csv"))).toBe(true);
    expect(code).toBe(3);
  });

  it("waits after a Ctrl-C for what was begun: so long as it was told, or until a second one", async () => {
    const out = folder();
    for (const [option, code, ended] of [
      ["--stop-timeout 0", 1, "stopped"],
      ["", 130, undefined],
    ] as const) {
      const { url, begun } = await silentShop();
      const json = join(out, `${code}.json`);
      const { child, end } = start(`${load} -H ${url} --fail-ratio 0 --json ${json} ${option}`.trim());
      await begun;
      child.kill("SIGINT");
      const again = setInterval(() => code === 130 && child.kill("SIGINT"), 100);
      expect([code, 3]).toContain((await end).code);
      clearInterval(again);
      expect(existsSync(json)).toBe(ended !== undefined);
      if (ended) expect(resultIn(json).errors).toMatchObject([{ words: "no answer 0 s after the end" }]);
    }
  });

  it("compares results", async () => {
    const [shop, out] = [await serveShop(), folder()];
    const runs = ["a", "b"].map(
      (name) => start(`${load} -H ${shop} -t 1s --only-summary --json ${out}/${name}.json`).end,
    );
    await Promise.all(runs);
    const line = `compare before=${out}/a.json after=${out}/b.json --html ${out}/c.html`;
    const { code, output } = await start(line).end;
    expect(code).toBe(0);
    expect(output).toMatch(/before +after/);
    expect(output).toContain("From before to after:");
    expect(readFileSync(join(out, "c.html"), "utf8")).toContain("before");
    const wrong = await start(`compare ${out}/a.json ${main}`).end;
    expect([wrong.code, wrong.output]).toEqual([2, expect.stringContaining("is not JSON")]);
  });
});
