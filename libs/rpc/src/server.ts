import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import type { Context, HandlersOf } from "@boutique/contract/proto";
import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { ARRIVAL_MS, arrivingWithin } from "./arrival.ts";
import { carriedFrom, withContext } from "./context.ts";
import { RpcError } from "./error.ts";
import { compose, type Interceptor, type Method } from "./interceptor.ts";
import type { Neighbours, Offer } from "./memory.ts";
import { refusingUndecodable, takingAnyBytes } from "./undecodable.ts";

/** Bytes: no request of the shop needs more; a larger one would cost more memory than a service has. */
export const LARGEST_REQUEST = 256 * 1024;

/** Of one connection at once: a storefront, which makes 100 pages at once, hardly has more, and then waits with the rest. */
const MOST_CALLS = 128;

/** What a connection may need to close once its calls were ended, milliseconds. */
const LAST_WORD_MS = 250;

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
  /** Those of the same process, who call without the wire. */
  readonly neighbours?: Neighbours | undefined;
  /** Milliseconds that a request may take to arrive. */
  readonly arrival?: number;
}

/** Serves routes on a port (0 for any) and resolves once they can be called. */
export async function listen(
  port: number,
  routes: readonly Route[],
  { host = "127.0.0.1", interceptors = [], additions = [], neighbours, arrival = ARRIVAL_MS }: ListenOptions = {},
) {
  const server = new Server({
    interceptors: [arrivingWithin(arrival)],
    "grpc.enable_channelz": 0,
    "grpc.max_receive_message_length": LARGEST_REQUEST,
    // Each call holds memory from its first byte.
    "grpc.max_concurrent_streams": MOST_CALLS,
    // Clients look their peer up again when a connection ends, and so find new replicas.
    "grpc.max_connection_age_ms": 300_000,
    "grpc.max_connection_age_grace_ms": 30_000,
    "grpc.keepalive_time_ms": 60_000,
    "grpc.keepalive_timeout_ms": 5_000,
  });
  const running = new Set<Promise<unknown>>();
  const offers: Offer[] = [];
  for (const { service, handlers } of routes) {
    const implementation: UntypedServiceImplementation = {};
    for (const { originalName = "", path } of Object.values(service)) {
      const handler = handlers[originalName];
      const method = handler
        ? waitedFor(compose(interceptors, refusingUndecodable(handler), path), running)
        : unhandled(path);
      if (handler) implementation[originalName] = unary(method);
      if (neighbours) offers.push(neighbours.offer(path, method));
    }
    server.addService(takingAnyBytes(service), implementation);
  }
  for (const addition of additions) addition.addToServer(server);
  const bind = promisify(server.bindAsync.bind(server));
  const authority = host.includes(":") ? `[${host}]` : host;
  const bound = await bind(`${authority}:${port}`, ServerCredentials.createInsecure());
  return {
    port: bound,

    /** Lets the calls in progress finish, for so many milliseconds at most; returns how many did not. */
    async close(patience = 10_000): Promise<number> {
      for (const offer of offers) offer.withdraw();
      // Not forceShutdown, which without channelz knows of no connection and so ends none.
      server.drain(`${authority}:${bound}`, patience);
      const timeUp = setTimeout(patience, undefined, { ref: false });
      // A connection whose other end is lost is never closed by it.
      const enough = setTimeout(patience + LAST_WORD_MS, undefined, { ref: false });
      await Promise.race([promisify(server.tryShutdown.bind(server))(), enough]);
      // gRPC counts a call as over when its caller hangs up; what was committed to goes on, and is waited for.
      await Promise.race([Promise.allSettled(running), timeUp]);
      for (const offer of offers) offer.drop();
      return running.size;
    },
  };
}

/** A method that runs in the context of its call, and is among those running until it is over. */
const waitedFor =
  (method: Method, running: Set<Promise<unknown>>): Method =>
  (request, context) => {
    const work = withContext(context, async () => method(request, context)).finally(() => running.delete(work));
    running.add(work);
    return work;
  };

/** The one place where a handler meets a callback. */
const unary =
  (method: Method): handleUnaryCall<unknown, unknown> =>
  (call, callback) => {
    const abort = new AbortController();
    let answered = false;
    // gRPC says so of calls that have been answered too; an abort that nobody needs costs 20 µs.
    call.once("cancelled", () => answered || abort.abort());
    const context: Context = {
      deadline: Number(call.getDeadline()),
      signal: abort.signal,
      trace: carriedFrom((name) => call.metadata.get(name)[0]),
    };
    const answer = (...words: Parameters<typeof callback>) => {
      answered = true;
      callback(...words);
    };
    (method(call.request, context) as Promise<unknown>).then(
      (response) => answer(null, response),
      (error) => answer(wordsOf(error)),
    );
  };

/** For a method that nobody handles: gRPC answers it itself, neighbours ask here. */
const unhandled =
  (path: string): Method =>
  async () => {
    throw new RpcError("UNIMPLEMENTED", `The server does not implement the method ${path}`);
  };

/** What a caller is told of a failure; half a character, left where a text was cut, cannot be sent. */
export const wordsOf = (error: unknown): { code: status; details: string } =>
  error instanceof RpcError
    ? { code: error.code, details: error.relayed.toWellFormed() }
    : { code: status.INTERNAL, details: "internal error" };
