import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { connect } from "@boutique/rpc/client";
import { expect, it, onTestFinished } from "vitest";
import { fileOf, replaceFile, temporaryFolder } from "./files.ts";
import { names } from "./own.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** Runs the service as a process; `said` resolves with the next log line that has these words. */
function run(env: Record<string, string>) {
  const any = { HOST: "127.0.0.1", PORT: "0", METRICS_PORT: "0" };
  const child = spawn(process.execPath, [main], { env: { ...process.env, ...any, ...env } });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const errors: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text) => errors.push(text));
  const said = async (words: string): Promise<Record<string, unknown>> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`ended without saying "${words}": ${errors.join("")}`);
    const line = JSON.parse(value);
    return String(line.message).includes(words) ? line : said(words);
  };
  return { child, said, errors, ended: once(child, "exit") };
}

async function runWith(file: string, env: Record<string, string> = {}) {
  const process = run({ PRODUCTS_FILE: file, ...env });
  const { grpc } = await process.said("health");
  const client = connect("catalog", `127.0.0.1:${grpc}`);
  onTestFinished(() => client.close());
  return { ...process, sold: async () => names((await client.listProducts({})).products) };
}

it("reads its file at each call after SIGUSR1, as before after SIGUSR2, and stops at SIGTERM", async () => {
  const file = join(temporaryFolder(), "products.json");
  writeFileSync(file, fileOf("Mug"));
  const { child, said, sold, ended, errors } = await runWith(file);
  expect(await sold()).toEqual(["Mug"]);

  child.kill("SIGUSR1");
  await said("read at each call");
  replaceFile(file, fileOf("Cup"));
  expect(await sold()).toEqual(["Cup"]);

  child.kill("SIGUSR2");
  await said("read when it has changed");
  expect(await sold()).toEqual(["Cup"]);

  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  // Node would open its debugger at a SIGUSR1 that nobody takes.
  expect(errors.join("")).not.toContain("Debugger");
});

it("sells from a changed file, and from the old one when it is broken, without a restart", async () => {
  const file = join(temporaryFolder(), "products.json");
  writeFileSync(file, fileOf("Mug"));
  const { said, sold } = await runWith(file);

  replaceFile(file, fileOf("Cup", "Jar"));
  expect(await said("file was read")).toMatchObject({ severity: "info", operation: "reload", product_count: 2 });
  expect(await sold()).toEqual(["Cup", "Jar"]);

  replaceFile(file, fileOf("A cup"));
  expect(await said("refused")).toMatchObject({
    severity: "warn",
    reason: expect.stringContaining('products.json: products[0].id is "A CUP"'),
  });
  expect(await sold()).toEqual(["Cup", "Jar"]);
});

it.each([
  ["a latency that is none", { EXTRA_LATENCY: "soon" }, "cannot start: EXTRA_LATENCY=soon is not a duration"],
  ["a file that is away", { PRODUCTS_FILE: "/nowhere/products.json" }, "cannot start: products.json: ENOENT"],
])("does not start with %s, and says which (original: prints another value)", async (_, env, message) => {
  const { said, ended } = run(env);

  expect(await said("cannot start")).toMatchObject({ severity: "fatal", message: expect.stringContaining(message) });
  expect(await ended).toEqual([1, null]);
});
