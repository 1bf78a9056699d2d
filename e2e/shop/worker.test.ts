import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import type { Job } from "../../scripts/shop/plan.ts";
import { employ, type Listener } from "../../scripts/shop/worker.ts";

const serving = `console.log(JSON.stringify({ service: "adservice", message: "health", status: "SERVING" }));`;

const patient = { timeout: 20_000 };

/** A service of the test's own, as a file with some code. */
function service(code: string, options: { mendable: boolean }) {
  const folder = mkdtempSync(join(tmpdir(), "worker-"));
  mkdirSync(join(folder, "src"));
  const write = (text: string) => writeFileSync(join(folder, "src/main.ts"), text);
  write(code);
  const told = { wrote: vi.fn(), serves: vi.fn(), news: vi.fn(), gaveUp: vi.fn() } satisfies Listener;
  const ports = { grpc: 1, metrics: 2 };
  const plan = { name: "ad", workload: "adservice", folder, ports, environment: process.env, replica: 0 } as const;
  const job: Job = {
    name: "adservice",
    plans: [plan],
    folder,
    environment: process.env,
    command: [`${folder}/src/main.ts`],
  };
  const worker = employ(job, told, options);
  onTestFinished(async () => {
    await worker.end(0);
    rmSync(folder, { recursive: true });
  });
  const news = () => told.news.mock.calls.map(([, words]) => words);
  return { worker, told, news, write };
}

it("tries three times to begin a service that never serves, after ever longer pauses", async () => {
  const { told, news } = service("process.exit(3);", { mendable: false });

  await expect.poll(() => told.gaveUp.mock.calls.length, patient).toBe(1);

  expect(news()).toEqual([
    "ended with 3: starting it again in 0.2 s",
    "ended with 3: starting it again in 0.4 s",
    "ended with 3: it could not start 3 times",
  ]);
});

it("tries for ever, once it has served", async () => {
  const { told, news } = service(`${serving} process.exit(3);`, { mendable: false });

  await expect.poll(() => told.serves.mock.calls.length, patient).toBe(4);

  expect(told.gaveUp).not.toHaveBeenCalled();
  expect(news()[2]).toBe("ended with 3: starting it again in 0.8 s");
});

it("waits for a change when the code is broken while someone works on it", async () => {
  const { worker, told, news, write } = service("const broken = ;", { mendable: true });
  await expect.poll(news, patient).toEqual(["ended with 1: waiting for a change"]);
  expect(told.wrote.mock.calls.map(([, line]) => line).join("\n")).toContain("SyntaxError");

  write(`${serving} setInterval(() => {}, 1_000);`);
  await worker.restart();

  await expect.poll(() => told.serves.mock.calls.length, patient).toBe(1);
});

it("ends a service by force that does not listen", async () => {
  const deaf = `process.on("SIGTERM", () => {}); ${serving} setInterval(() => {}, 1_000);`;
  const { worker, told, news } = service(deaf, { mendable: false });
  await expect.poll(() => told.serves.mock.calls.length, patient).toBe(1);

  await worker.end(50);

  expect(worker.pid()).toBeUndefined();
  expect(news()).toEqual([]);
});

it("obeys the last of several orders", async () => {
  const { worker, told } = service(`${serving} setInterval(() => {}, 1_000);`, { mendable: true });
  await expect.poll(() => told.serves.mock.calls.length, patient).toBe(1);

  await Promise.all([worker.restart(), worker.restart(), worker.end(1_000)]);

  expect(worker.pid()).toBeUndefined();
});
