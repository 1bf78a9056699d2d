import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { connect } from "@boutique/rpc/client";
import { redisFor } from "@boutique/testkit/redis";
import { expect, it, onTestFinished } from "vitest";
import { amount, card } from "./open.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const request = { amount, creditCard: card(), idempotencyKey: "order-1" };

/** The service as a process, and its log, line by line, up to one that says so. */
function run(settings: Record<string, string>) {
  const env = { PATH: process.env.PATH, HOST: "127.0.0.1", PORT: "0", METRICS_PORT: "0", ...settings };
  const child: ChildProcess = spawn(process.execPath, [main], { env, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  if (!child.stdout) throw new Error("has no output");
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const said = async (text: string): Promise<Record<string, unknown>> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`ended without saying ${text}`);
    return value.includes(text) ? JSON.parse(value) : said(text);
  };
  return { child, said };
}

const paymentAt = (port: unknown) => {
  const payment = connect("payment", `127.0.0.1:${port}`);
  onTestFinished(() => payment.close());
  return payment;
};

it("keeps charges in memory when it is told of no Redis, and warns of what that means", async () => {
  const { child, said } = run({});

  expect(await said("kept in memory")).toMatchObject({
    severity: "warn",
    message: "charges are kept in memory: known to this process alone, lost when it ends",
  });
  const { grpc } = await said('"SERVING"');
  expect(await paymentAt(grpc).charge(request)).toEqual(await paymentAt(grpc).charge(request));

  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

it("knows after its death what it charged, and is NOT_SERVING while its Redis is away", async (context) => {
  const server = await redisFor(context, "--appendonly", "yes", "--appendfsync", "always");
  const before = run({ REDIS_ADDR: server.address });
  const { transactionId } = await paymentAt((await before.said('"SERVING"')).grpc).charge(request);
  before.child.kill("SIGKILL");
  await server.kill();

  const after = run({ REDIS_ADDR: server.address });
  const { grpc } = await after.said('"NOT_SERVING"');
  await expect(paymentAt(grpc).charge(request)).rejects.toThrow("UNAVAILABLE");
  await server.start();
  await after.said('"SERVING"');
  expect(await paymentAt(grpc).resolveCharge(request)).toEqual({ transactionId });
  expect(await paymentAt(grpc).charge(request)).toEqual({ transactionId });

  after.child.kill("SIGTERM");
  expect(await once(after.child, "exit")).toEqual([0, null]);
});
