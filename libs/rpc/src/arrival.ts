import { constants, type ServerHttp2Stream } from "node:http2";
import { ServerInterceptingCall, type ServerInterceptor, status } from "@grpc/grpc-js";

/** Milliseconds that a request may take to arrive: until all of it is there it holds memory, and nobody works on it. */
export const ARRIVAL_MS = 5_000;

/**
 * Ends calls whose request does not arrive in time, whatever deadline their caller names. Once such a call is over, for
 * this or any other reason, its stream is closed: gRPC itself waits for the rest, and keeps what it has until then.
 * A method whose requests are a stream has no last one to wait for.
 */
export const arrivingWithin =
  (patience: number): ServerInterceptor =>
  ({ requestStream }, call) => {
    if (requestStream) return new ServerInterceptingCall(call);
    // Only in private gRPC says which stream a call came on.
    const { stream } = call as unknown as { readonly stream: ServerHttp2Stream };
    const late = { code: status.DEADLINE_EXCEEDED, details: `the request did not arrive within ${patience} ms` };
    let arrived = false;
    return new ServerInterceptingCall(call, {
      start(next) {
        const timeUp = setTimeout(() => call.sendStatus(late), patience).unref();
        next({
          onReceiveHalfClose(next) {
            arrived = true;
            clearTimeout(timeUp);
            next();
          },
          onCancel() {
            clearTimeout(timeUp);
            if (!arrived) stream.close(constants.NGHTTP2_NO_ERROR);
          },
        });
      },
    });
  };
