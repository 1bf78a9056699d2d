import { withContext } from "@boutique/rpc/context";
import { createMetrics } from "@boutique/telemetry/metrics";
import { beforeAll, expect, it } from "vitest";
import { observeRedis, type RedisCommand } from "../src/redis.ts";
import { sampled } from "./relay.ts";
import { recordSpans } from "./tracer.ts";

// A client that sends what it is told to: what ioredis does with a real Redis is tested with the cart.
const metrics = createMetrics();
const { spans, tracer } = recordSpans();
const redis = { isUp: true };
const client = { options: { host: "127.0.0.1", port: 6379 }, sendCommand: ({ promise }: RedisCommand) => promise };
beforeAll(() =>
  observeRedis(
    metrics,
    () => tracer,
    client,
    () => redis.isUp,
  ),
);

const command = (name: string, work: () => Promise<unknown>) => client.sendCommand({ name, promise: work() });

const away = () => Promise.reject(new TypeError("connect ECONNREFUSED 127.0.0.1:6379"));
const serving = <T>(trace: Record<string, string>, work: () => T) =>
  withContext(
    { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal, trace, span: { event() {}, set() {} } },
    work,
  );
const samples = async (name: string) =>
  (await metrics.exposition("application/openmetrics-text")).text.split("\n").filter((line) => line.startsWith(name));

it("commands are counted by outcome, and timed", async () => {
  await command("hgetall", async () => ({}));
  await command("hgetall", async () => ({}));
  await expect(command("eval", away)).rejects.toThrow("ECONNREFUSED");

  expect(await samples("redis_client_commands_total{")).toEqual([
    'redis_client_commands_total{command="hgetall",outcome="ok"} 2',
    'redis_client_commands_total{command="eval",outcome="error"} 1',
  ]);
  expect(await samples("redis_client_command_duration_seconds_count{")).toEqual([
    'redis_client_command_duration_seconds_count{command="hgetall"} 2',
    'redis_client_command_duration_seconds_count{command="eval"} 1',
  ]);
});

it("a command that no request asks for, such as a probe, is no span", async () => {
  await command("ping", async () => "PONG");
  await serving({}, () => command("ping", async () => "PONG"));

  expect(spans).toEqual([]);
});

it("a command of a request is a child of its span, and says nothing of what is kept", async () => {
  await serving({ traceparent: sampled }, () => command("hgetall", async () => ({})));
  await serving({ traceparent: sampled }, () => command("eval", away).catch(() => {}));

  const attributes = { "db.system.name": "redis", "server.address": "127.0.0.1", "server.port": 6379 };
  const kind = "client";
  expect(spans).toEqual([
    { name: "HGETALL", kind, parent: sampled, ended: 1, attributes: { ...attributes, "db.operation.name": "HGETALL" } },
    {
      name: "EVAL",
      kind,
      parent: sampled,
      ended: 1,
      failed: "TypeError",
      attributes: { ...attributes, "db.operation.name": "EVAL" },
    },
  ]);
  expect(await samples('redis_client_command_duration_seconds_bucket{le="0.001",command="hgetall"}')).toEqual([
    expect.stringContaining("0af7651916cd43dd8448eb211c80319c"),
  ]);
});

it("whether it can be used is read when Prometheus asks", async () => {
  expect(await samples("redis_client_up ")).toEqual(["redis_client_up 1"]);
  redis.isUp = false;
  expect(await samples("redis_client_up ")).toEqual(["redis_client_up 0"]);
});
