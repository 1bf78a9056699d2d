import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import type { Context, HandlersOf } from "@boutique/contract/proto";
import {
  type handleUnaryCall,
  type Metadata,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { carriedFrom, withContext } from "./context.ts";
import { RpcError } from "./error.ts";
import { compose, type Interceptor, type Method } from "./interceptor.ts";

/** A service and what answers it. */
export interface Route {
  readonly service: ServiceDefinition;
  readonly handlers: Record<string, Method>;
}

/** Pairs a service with its handlers, which must match. */
export const route = <S extends ServiceDefinition>(service: S, handlers: Partial<HandlersOf<S>>): Route => ({
  service,
  handlers: handlers as Record<string, Method>,
});

/** A service that adds itself to a server: health and reflection, which stream. */
export interface Addition {
  addToServer(server: Server): void;
}

export interface ListenOptions {
  readonly host?: string;
  readonly interceptors?: readonly Interceptor[];
  readonly additions?: readonly Addition[];
}

/** Serves routes on a port (0 for any) and resolves once they can be called. */
export async function listen(
  port: number,
  routes: readonly Route[],
  { host = "127.0.0.1", interceptors = [], additions = [] }: ListenOptions = {},
) {
  const server = new Server({
    "grpc.enable_channelz": 0,
    // No request of the shop needs more; a larger one would cost more memory than a service has.
    "grpc.max_receive_message_length": 256 * 1024,
    // Clients look their peer up again when a connection ends, and so find new replicas.
    "grpc.max_connection_age_ms": 300_000,
    "grpc.max_connection_age_grace_ms": 30_000,
    "grpc.keepalive_time_ms": 60_000,
    "grpc.keepalive_timeout_ms": 5_000,
  });
  const running = new Set<Promise<unknown>>();
  for (const { service, handlers } of routes) {
    const implementation: UntypedServiceImplementation = {};
    for (const { originalName = "", path } of Object.values(service)) {
      const handler = handlers[originalName];
      if (handler) implementation[originalName] = unary(compose(interceptors, handler, path), running);
    }
    server.addService(service, implementation);
  }
  for (const addition of additions) addition.addToServer(server);
  const bind = promisify(server.bindAsync.bind(server));
  const authority = host.includes(":") ? `[${host}]` : host;
  const bound = await bind(`${authority}:${port}`, ServerCredentials.createInsecure());
  return {
    port: bound,

    /** Lets the calls in progress finish, for so many milliseconds at most; returns how many did not. */
    async close(patience = 10_000): Promise<number> {
      // Not forceShutdown, which without channelz knows of no connection and so ends none.
      server.drain(`${authority}:${bound}`, patience);
      const timeUp = setTimeout(patience, undefined, { ref: false });
      await promisify(server.tryShutdown.bind(server))();
      // gRPC counts a call as over when its caller hangs up; what was committed to goes on, and is waited for.
      await Promise.race([Promise.allSettled(running), timeUp]);
      return running.size;
    },
  };
}

/** The one place where a handler meets a callback. */
const unary =
  (method: Method, running: Set<Promise<unknown>>): handleUnaryCall<unknown, unknown> =>
  (call, callback) => {
    const abort = new AbortController();
    // gRPC says so of calls that have been answered too; an abort that nobody needs costs 20 µs.
    call.once("cancelled", () => running.has(work) && abort.abort());
    const deadline = Number(call.getDeadline());
    const context: Context = { deadline, signal: abort.signal, trace: traceOf(call.metadata) };
    const work: Promise<unknown> = withContext(context, async () => method(call.request, context))
      .then(
        (response) => callback(null, response),
        (error) =>
          callback(error instanceof RpcError ? wordsOf(error) : { code: status.INTERNAL, details: "internal error" }),
      )
      .finally(() => running.delete(work));
    running.add(work);
  };

// Half a character, left where a text was cut, cannot be sent.
const wordsOf = ({ code, relayed }: RpcError) => ({ code, details: relayed.toWellFormed() });

const traceOf = (metadata: Metadata) => carriedFrom((name) => metadata.get(name)[0]);
