import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { connect } from "@boutique/rpc/client";
import { redisFor } from "@boutique/testkit/redis";
import { expect, it, onTestFinished } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

const item = { productId: "MUG", quantity: 1 };

const callOn = (port: unknown) => {
  const cart = connect("cart", `127.0.0.1:${port}`);
  onTestFinished(() => cart.close());
  return cart;
};

/** The service as a process, and a way to wait for a line of its log. */
function run(settings: Record<string, string>) {
  const env = { PATH: process.env.PATH, HOST: "127.0.0.1", PORT: "0", METRICS_PORT: "0", ...settings };
  const child: ChildProcess = spawn(process.execPath, [main], { env, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  if (child.stdout) {
    createInterface(child.stdout).on("line", (line) => {
      lines.push(JSON.parse(line));
      for (const look of waiting) look();
    });
  }
  let seen = 0;
  const line = (fields: Record<string, unknown>) =>
    new Promise<Record<string, unknown>>((resolve) => {
      const look = () => {
        const at = lines.findIndex(
          (line, i) => i >= seen && Object.entries(fields).every(([name, value]) => line[name] === value),
        );
        if (at < 0) return;
        seen = at + 1;
        waiting.delete(look);
        resolve(lines[at] ?? {});
      };
      waiting.add(look);
      look();
    });
  return { child, line };
}

it("keeps carts in memory when it is told of no Redis, and says what that means (original: silent)", async () => {
  const { child, line } = run({});

  expect((await line({ store: "memory" })).message).toBe(
    "carts are kept in memory: of this process alone, lost when it ends",
  );
  const { grpc } = await line({ message: "health", status: "SERVING" });
  const cart = callOn(grpc);
  await cart.addItem({ userId: "ann", item });
  expect((await cart.getCart({ userId: "ann" })).items).toEqual([item]);

  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

it("lives through a Redis that is late, dies and comes back, and says NOT_SERVING meanwhile (original: exits, or SERVING)", async (context) => {
  const server = await redisFor(context);
  await server.kill();
  const { child, line } = run({ REDIS_ADDR: server.address });

  const { grpc } = await line({ message: "health", status: "NOT_SERVING" });
  const cart = callOn(grpc);
  await expect(cart.addItem({ userId: "ann", item })).rejects.toThrow("UNAVAILABLE");

  for (const end of [server.kill, server.kill]) {
    await server.start();
    await line({ message: "health", status: "SERVING" });
    await cart.addItem({ userId: "ann", item });
    await end();
    await line({ message: "health", status: "NOT_SERVING" });
  }

  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

it.each(["many", "499", "-1", "1e9"])(
  "does not start with settings that make no sense (%s lines), and names them",
  async (max) => {
    const { child, line } = run({ REDIS_ADDR: "6379", CART_MEMORY_MAX: max });

    const { message } = await line({ severity: "fatal" });

    expect(message).toContain("REDIS_ADDR=6379 is not host:port");
    expect(message).toContain(`CART_MEMORY_MAX=${max} is not a whole number of at least 500`);
    expect(child.exitCode ?? (await once(child, "exit"))[0]).toBe(1);
  },
);
