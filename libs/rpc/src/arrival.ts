import { constants, type ServerHttp2Stream } from "node:http2";
import { type ServerInterceptingCall, type ServerInterceptor, status } from "@grpc/grpc-js";

/** Milliseconds that a request may take to arrive: until all of it is there it holds memory, and nobody works on it. */
export const ARRIVAL_MS = 5_000;

/**
 * Ends calls whose request does not arrive in time, whatever deadline their caller names. Once such a call is over, for
 * this or any other reason, its stream is closed: gRPC itself waits for the rest, and keeps what it has until then.
 * A method whose requests are a stream has no last one to wait for.
 *
 * The call itself is watched: to put one more around each, as interceptors are meant to do, would cost every call, for the
 * few that are late.
 */
export const arrivingWithin =
  (patience: number): ServerInterceptor =>
  ({ requestStream }, call) => {
    if (!requestStream) watch(call as Watched, patience);
    return call as unknown as ServerInterceptingCall;
  };

/** Only in private gRPC says which stream a call came on. */
type Watched = Parameters<ServerInterceptor>[1] & { readonly stream: ServerHttp2Stream };

function watch(call: Watched, patience: number): void {
  const { stream } = call;
  const end = call.sendStatus.bind(call);
  const late = { code: status.DEADLINE_EXCEEDED, details: `the request did not arrive within ${patience} ms` };
  const timeUp = setTimeout(() => call.sendStatus(late), patience).unref();
  let arrived = false;
  stream.once("end", () => {
    arrived = true;
    clearTimeout(timeUp);
  });
  stream.once("close", () => clearTimeout(timeUp));
  call.sendStatus = (status) => {
    clearTimeout(timeUp);
    end(status);
    if (arrived) return;
    // Closed, it would say that this is all, and what came so far would be worked on.
    stream.removeAllListeners("end");
    process.nextTick(() => stream.close(constants.NGHTTP2_NO_ERROR));
  };
}
