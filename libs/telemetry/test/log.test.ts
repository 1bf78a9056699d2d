import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const log = fileURLToPath(new URL("../src/log.ts", import.meta.url));

/** What a process writes that runs some code with a log named `log`, line by line. */
function written(code: string, level = "info"): Record<string, unknown>[] {
  const script = `
    import { createLog } from ${JSON.stringify(log)};
    const log = createLog({ service: "cartservice", version: "1.2.3", level: "${level}", mixin: () => ({ trace_id: "abc" }) });
    ${code}`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module-typescript", "-e", script], {
    encoding: "utf8",
  });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

it("a line is one JSON object that says how severe, when, who and what (original: five formats)", () => {
  const [line] = written('log.warn({ lines: 3 }, "cart is large");');

  expect(line).toEqual({
    severity: "warn",
    timestamp: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
    service: "cartservice",
    version: "1.2.3",
    trace_id: "abc",
    lines: 3,
    message: "cart is large",
  });
});

it("an error is written with its words and where it was thrown", () => {
  const [line] = written('log.error({ error: new TypeError("no such cart") }, "handler threw");');

  expect(line?.error).toMatchObject({ type: "TypeError", message: "no such cart", stack: expect.any(String) });
});

it("lines below the level are not written, and the last one is not lost at an exit", () => {
  const lines = written('log.info("no"); log.fatal("last words"); process.exit(1);', "warn");

  expect(lines.map(({ message }) => message)).toEqual(["last words"]);
});
