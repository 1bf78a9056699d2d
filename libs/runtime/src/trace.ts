import { withContext } from "@boutique/rpc/context";
import { codeOf, RpcError } from "@boutique/rpc/error";
import type { Interceptor } from "@boutique/rpc/interceptor";
import { scrubbed } from "@boutique/telemetry/fields";
import { type OpenSpan, type Tracer, within } from "@boutique/telemetry/tracer";

/** Where the tracer is, once tracing has begun; undefined while it is off. */
export type CurrentTracer = () => Tracer | undefined;

const spanOf = (path: string, more: Record<string, string | number> = {}) => {
  const name = path.slice(1);
  const [service = "", method = ""] = name.split("/");
  return { name, attributes: { "rpc.system": "grpc", "rpc.service": service, "rpc.method": method, ...more } };
};

/** A span for every call served, as a child of the caller's. */
export const traceServer =
  (tracer: CurrentTracer): Interceptor =>
  (next, path) => {
    const start = { ...spanOf(path), kind: "server" } as const;
    return (request, context) => {
      const span = tracer()?.(start, context.trace);
      if (!span) return next(request, context);
      const traced = within(context, span);
      return withContext(traced, () => ended(span, "server", async () => next(request, traced)));
    };
  };

/** A span for every call made while a request is served that is part of a trace. */
export const traceClient =
  (tracer: CurrentTracer, address: string): Interceptor =>
  (next, path) => {
    const [, host = address, port] = /^(.*):(\d+)$/.exec(address) ?? [];
    const where = { "server.address": host, ...(port && { "server.port": Number(port) }) };
    const start = { ...spanOf(path, where), kind: "client" } as const;
    return (request, context) => {
      const span = context.trace.traceparent === undefined ? undefined : tracer()?.(start, context.trace);
      if (!span) return next(request, context);
      return ended(span, "client", async () => next(request, within(context, span)));
    };
  };

/** To the server these are answers like others; the caller may have wanted something else. */
const plainAnswers = ["INVALID_ARGUMENT", "NOT_FOUND", "FAILED_PRECONDITION", "CANCELLED", "RESOURCE_EXHAUSTED"];

const INTERNAL = 13;

/** The field that an INVALID_ARGUMENT names first, by the rule of the house. */
const fieldIn = (details: string) => /^[a-z_]+(?:\[\d+\]|\.[a-z_]+)*/.exec(details)?.[0];

async function ended<T>(span: OpenSpan, side: "client" | "server", work: () => Promise<T>): Promise<T> {
  try {
    const answer = await work();
    span.set({ "rpc.grpc.status_code": 0 });
    return answer;
  } catch (error) {
    const code = codeOf(error);
    // What is not an RpcError is INTERNAL, and its words are withheld here as they are from the caller.
    span.set({ "rpc.grpc.status_code": error instanceof RpcError ? error.code : INTERNAL });
    const field = error instanceof RpcError && code === "INVALID_ARGUMENT" && fieldIn(error.details);
    if (field) span.set({ "app.error.field": field });
    if (side === "client" || !plainAnswers.includes(code)) {
      span.fail(code, error instanceof RpcError ? scrubbed(error.relayed) : "internal error");
    }
    throw error;
  } finally {
    span.end();
  }
}
