import { currentContext } from "@boutique/rpc/context";
import { durations } from "@boutique/telemetry/buckets";
import type { Metrics } from "@boutique/telemetry/metrics";
import { type OpenSpan, sampledIds } from "@boutique/telemetry/tracer";
import type { CurrentTracer } from "./trace.ts";

/** What is seen of a command on its way to Redis. */
export interface RedisCommand {
  readonly name: string;
  readonly promise: Promise<unknown>;
}

/** A client of Redis, as far as it is watched. */
export interface RedisClient {
  readonly options: { readonly host?: string | undefined; readonly port?: number | undefined };
  // biome-ignore lint/suspicious/noExplicitAny: what it is called with is the client's own affair, and passed on
  sendCommand(command: any, ...rest: any[]): unknown;
}

/**
 * Counts, times and traces the commands that a client sends to Redis, and shows whether there is a connection. Not by
 * ioredis's own channel, which is one for the process, whatever number of services share it.
 */
export function observeRedis(metrics: Metrics, tracer: CurrentTracer, client: RedisClient, up: () => boolean): void {
  metrics.reading("redis_client_up", "Whether there is a connection to Redis that can be used: 1 or 0.", [], () => [
    [Number(up())],
  ]);
  const commands = metrics.counter("redis_client_commands_total", "Commands to Redis that ended, by outcome.", [
    "command",
    "outcome",
  ]);
  const seconds = metrics.histogram(
    "redis_client_command_duration_seconds",
    "How long commands to Redis took until they ended, in seconds.",
    durations,
    ["command"],
  );
  const { host = "", port = 0 } = client.options;
  const begin = (name: string): OpenSpan | undefined => {
    const trace = currentContext()?.trace;
    if (!trace?.traceparent) return undefined;
    const operation = name.toUpperCase();
    const where = { "server.address": host, "server.port": port };
    const attributes = { "db.system.name": "redis", "db.operation.name": operation, ...where };
    return tracer()?.({ name: operation, kind: "client", attributes }, trace);
  };

  const send = client.sendCommand;
  // One that waited for the connection is sent again.
  const seen = new WeakSet<RedisCommand>();
  client.sendCommand = function (this: RedisClient, command: RedisCommand, ...rest) {
    if (seen.has(command)) return send.call(this, command, ...rest);
    seen.add(command);
    const { name, promise } = command;
    const since = performance.now();
    const context = currentContext();
    const span = begin(name);
    const ended = (error?: Error) => {
      commands.at(name, error ? "error" : "ok").value += 1;
      seconds.at(name).observe((performance.now() - since) / 1_000, context && sampledIds(context));
      if (error) span?.fail(error.name);
      span?.end();
    };
    promise.then(() => ended(), ended);
    return send.call(this, command, ...rest);
  };
}
