import { setTimeout as sleep } from "node:timers/promises";
import type { Context, Rpc } from "@boutique/contract/proto";
import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { type Code, failedWith, fromPeer, RpcError } from "./error.ts";
import type { Method } from "./interceptor.ts";
import { backoffBefore, MOST_ATTEMPTS } from "./retry.ts";
import { LARGEST_REQUEST, wordsOf } from "./server.ts";
import type { Retried, Transport } from "./transport.ts";

/** What gRPC takes of an answer when nothing else is said. */
const LARGEST_RESPONSE = 4 * 1024 * 1024;

/** Services of one process, as they find each other. */
export interface Neighbours {
  /** Has a method, by its path, answer to the others. */
  offer(path: string, method: Method): Offer;
  /** How one of them is called: by these methods, some of which may be called again. */
  transport(peer: string, rpcs: readonly Rpc[], repeatable: readonly Rpc[], retried?: Retried): Transport;
}

/** A method that can be called, and how to end that. */
export interface Offer {
  /** It takes no more calls. */
  withdraw(): void;
  /** Those under way fail, as when a connection breaks. */
  drop(): void;
}

interface Offered {
  readonly method: Method;
  /** What ends each of the calls under way. */
  readonly drops: Set<() => void>;
}

/**
 * Calls without a wire, between services that share a process. All that the wire promises holds: a deadline that passes
 * though nobody answers, cancellation, codes and whose words go with them, retries, limits of size. Messages are written
 * and read as on the wire, so that nobody shares an object and nothing arrives that could not be sent.
 */
export function createNeighbours(): Neighbours {
  const offers = new Map<string, Offered>();
  return {
    offer(path, method) {
      const drops = new Set<() => void>();
      offers.set(path, { method, drops });
      return {
        withdraw: () => void offers.delete(path),
        drop: () => {
          for (const drop of drops) drop();
        },
      };
    },
    transport(peer, rpcs, repeatable, retried = () => {}) {
      let closed = false;
      const offered = () => rpcs.some(({ path }) => offers.has(path));
      return {
        call: again(repeatable, retried, (rpc, ...rest) => call(peer, offers.get(rpc.path), rpc, ...rest)),
        state() {
          if (closed) return "SHUTDOWN";
          return offered() ? "READY" : "IDLE";
        },
        warm: () => {},
        probe: async () => offered(),
        close() {
          closed = true;
        },
      };
    },
  };
}

/** Tries calls of the repeatable methods again while the peer says UNAVAILABLE. */
function again(repeatable: readonly Rpc[], retried: Retried, call: Transport["call"]): Transport["call"] {
  const calls = new Set(repeatable);
  const attempt = async (rpc: Rpc, request: unknown, context: Context, before: number): Promise<unknown> => {
    try {
      const answer = await call(rpc, request, context);
      if (before > 0) retried(rpc, before, context);
      return answer;
    } catch (error) {
      if (!failedWith(error, "UNAVAILABLE") || before + 1 >= MOST_ATTEMPTS) {
        if (before > 0) retried(rpc, before, context);
        throw error;
      }
      const { deadline, signal } = context;
      const pause = Math.min(backoffBefore(before + 1), deadline - Date.now());
      // Cut short when the caller hangs up; the attempt then says what became of it.
      await sleep(Math.max(0, pause), undefined, { signal }).catch(() => {});
      return attempt(rpc, request, context, before + 1);
    }
  };
  return (rpc, request, context) => (calls.has(rpc) ? attempt(rpc, request, context, 0) : call(rpc, request, context));
}

function call(
  peer: string,
  offered: Offered | undefined,
  rpc: Rpc,
  request: unknown,
  context: Context,
): Promise<unknown> {
  const { deadline, signal, trace } = context;
  return new Promise((resolve, reject) => {
    const refuse = (code: Code, details: string) => reject(fromPeer(peer, serviceError(status[code], details)));
    if (signal.aborted) return reject(new RpcError("CANCELLED", `${peer} not called: the caller hung up`));
    if (Date.now() >= deadline) return refuse("DEADLINE_EXCEEDED", "Deadline exceeded");
    if (!offered) return refuse("UNAVAILABLE", "No connection established");
    const sent = written(rpc, request);
    if (sent instanceof Error) return refuse("INTERNAL", `Request message serialization failure: ${sent.message}`);
    if (sent.length > LARGEST_REQUEST) return refuse("RESOURCE_EXHAUSTED", tooLarge(sent, LARGEST_REQUEST));

    const { method, drops } = offered;
    const abort = new AbortController();
    const giveUp = (code: Code, details: string) => {
      settle();
      refuse(code, details);
      abort.abort();
    };
    const cancel = () => giveUp("CANCELLED", "Cancelled on client");
    const drop = () => giveUp("UNAVAILABLE", "Connection dropped");
    const timer = setTimeout(giveUp, deadline - Date.now(), "DEADLINE_EXCEEDED", "Deadline exceeded");
    const settle = () => {
      clearTimeout(timer);
      drops.delete(drop);
      signal.removeEventListener("abort", cancel);
    };
    drops.add(drop);
    signal.addEventListener("abort", cancel);
    const answered = (response: unknown) => {
      settle();
      const received = rpc.responseSerialize(response);
      if (received.length > LARGEST_RESPONSE) refuse("RESOURCE_EXHAUSTED", tooLarge(received, LARGEST_RESPONSE));
      else resolve(rpc.responseDeserialize(received));
    };
    const failed = (error: unknown) => {
      settle();
      const { code, details } = wordsOf(error);
      reject(fromPeer(peer, serviceError(code, details, said)));
    };
    const own: Context = { deadline, signal: abort.signal, trace };
    Promise.resolve(method(rpc.requestDeserialize(sent), own))
      .then(answered)
      .catch(failed);
  });
}

/** A request as bytes, or why it cannot be written. */
function written(rpc: Rpc, request: unknown): Buffer | Error {
  try {
    return rpc.requestSerialize(request);
  } catch (error) {
    return error as Error;
  }
}

const tooLarge = ({ length }: Buffer, most: number) => `Received message larger than max (${length} vs ${most})`;

/** An error as gRPC's client would have it from the wire. */
const serviceError = (code: status, details: string, metadata = none): ServiceError =>
  Object.assign(new Error(`${code} ${status[code]}: ${details}`), { code, details, metadata });

const none = new Metadata();

/** What comes with the words of the peer itself. */
const said = new Metadata();
said.set("content-type", "application/grpc");
