import { names, roster } from "@boutique/contract/roster";
import { describe, expect, it } from "vitest";
import { docker, eventually, imageOf, probe, run, sealed } from "./container.ts";

const somebody = "--user=12345:0";
const serving = (container: ReturnType<typeof run>, service?: string) =>
  eventually(
    () => probe(container, service).stdout,
    (said) => said.endsWith(": SERVING"),
  );

describe.each(names.map((name) => roster[name].workload))("%s, sealed, alone and as somebody else", (workload) => {
  it("serves, stops at SIGTERM with 0, and has written no file", async () => {
    const container = run(imageOf(workload), ...sealed, somebody);

    await serving(container);
    await serving(container, "liveness");
    const pid1 = container.exec("node", "-p", "require('fs').readFileSync('/proc/1/cmdline', 'utf8').split('\\0')[0]");
    expect(pid1.stdout).toBe("node");

    const { stopped, code, changed } = stop(container);
    expect(stopped).toContain('"status":"NOT_SERVING"');
    expect(stopped).toMatch(/"message":"stopped"}$/);
    expect(code).toBe(0);
    expect(changed).toBe("");
  });
});

describe("as the image has it", () => {
  it.each(names.map((name) => roster[name].workload))("%s writes no file where it could", async (workload) => {
    const container = run(imageOf(workload), "--network=none");

    await serving(container);
    expect(stop(container)).toMatchObject({ code: 0, changed: "" });
  });

  it.each(names.map((name) => roster[name].workload))("%s runs what was compiled with the image", async (workload) => {
    const container = run(imageOf(workload), ...sealed, "--env=NODE_DEBUG_NATIVE=COMPILE_CACHE");
    await serving(container);

    const told = docker("logs", container.id).stderr;
    const count = (line: RegExp) => told.match(line)?.length ?? 0;
    const accepted = count(/V8 code cache for .* was accepted/g);
    expect(accepted, "is the image from another kind of processor? Then build it here").toBeGreaterThan(200);
    expect(count(/V8 code cache for .* was rejected/g)).toBe(0);
    expect(count(/reading cache from .* success/g)).toBeGreaterThan(0.9 * count(/reading cache from/g));
  });

  it("is healthy by its own check", async () => {
    const container = run(imageOf("currencyservice"), ...sealed, "--health-interval=1s");

    await eventually(
      () => container.inspect().State.Health.Status,
      (status) => status === "healthy",
    );
  });
});

describe("cartservice without its Redis", () => {
  it("lives, and is not ready", async () => {
    const container = run(imageOf("cartservice"), ...sealed, somebody, "--env=REDIS_ADDR=127.0.0.1:1");

    await serving(container, "liveness");
    const { code, stdout } = probe(container);
    expect(stdout).toMatch(/: NOT_SERVING$/);
    expect(code).toBe(1);
    expect(stop(container)).toMatchObject({ code: 0, changed: "" });
  });
});

describe("loadgenerator, sealed, alone and as somebody else", () => {
  const load = (...args: string[]) => docker("run", "--rm", ...sealed, somebody, imageOf("loadgenerator"), ...args);

  it("has its plans", () => {
    expect(load("--plans")).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ *smoke /m) });
  });

  it("says that there is no shop, and ends with 3", () => {
    const { code, stdout, stderr } = load("smoke", "--headless", "--host", "http://127.0.0.1:1", "--wait-ready", "1s");

    expect(stdout + stderr).toContain("http://127.0.0.1:1");
    expect(code).toBe(3);
  });
});

/** Tells it to stop: its exit code, what it said, and which files are not as they were. */
function stop(container: ReturnType<typeof run>) {
  const before = container.logs().length;
  container.stop();
  return {
    code: container.inspect().State.ExitCode,
    stopped: container.logs().slice(before),
    changed: container.changed(),
  };
}
