import { currentContext } from "@boutique/rpc/context";
import { durations } from "@boutique/telemetry/buckets";
import type { Metrics } from "@boutique/telemetry/metrics";
import { type OpenSpan, sampledIds } from "@boutique/telemetry/tracer";
import type { CurrentTracer } from "./trace.ts";

const { tracingChannel } = process.getBuiltinModule("node:diagnostics_channel");

/** What ioredis says of a command on its channel. */
interface Command {
  readonly command: string;
  readonly serverAddress?: string;
  readonly serverPort?: number;
  readonly error?: unknown;
  /** Ours: since when, and the span if there is one. */
  since?: number;
  span?: OpenSpan | undefined;
}

/**
 * Counts, times and traces the commands that this process sends to Redis, which ioredis tells of by itself, and shows
 * whether there is a connection.
 */
export function observeRedis(metrics: Metrics, tracer: CurrentTracer, up: () => boolean): void {
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
  const ended = (told: unknown) => {
    const { command, since = 0, span, error } = told as Command;
    commands.at(command, error ? "error" : "ok").value += 1;
    const context = currentContext();
    seconds.at(command).observe((performance.now() - since) / 1_000, context && sampledIds(context));
    if (error) span?.fail((error as Error).name);
    span?.end();
  };
  tracingChannel("ioredis:command").subscribe({
    start(told) {
      const command = told as Command;
      command.since = performance.now();
      const trace = currentContext()?.trace;
      if (!trace?.traceparent) return;
      const { serverAddress = "", serverPort = 0 } = command;
      const name = command.command.toUpperCase();
      const where = { "server.address": serverAddress, "server.port": serverPort };
      const attributes = { "db.system.name": "redis", "db.operation.name": name, ...where };
      command.span = tracer()?.({ name, kind: "client", attributes }, trace);
    },
    end() {},
    asyncStart() {},
    asyncEnd: ended,
    error() {},
  });
}
