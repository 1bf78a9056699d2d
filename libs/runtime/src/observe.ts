import { codeName, RpcError } from "@boutique/rpc/error";
import type { Interceptor } from "@boutique/rpc/interceptor";
import type { Log } from "@boutique/telemetry/log";
import { rpcMetrics } from "@boutique/telemetry/metrics";

const goName = (constant: string) =>
  constant === "OK" ? "OK" : constant.toLowerCase().replace(/(^|_)(\w)/g, (_, __, letter) => letter.toUpperCase());

/** Counts and times every call of one side, and logs the ones that fail for a reason that is not the caller's. */
export function observe(side: "client" | "server", log: Log): Interceptor {
  const { started, handled, seconds } = rpcMetrics(side);
  return (next, path) => {
    const [, grpc_service = "", grpc_method = ""] = path.split("/");
    const labels = { grpc_type: "unary", grpc_service, grpc_method };
    const end = (code: string, since: number) => {
      handled.inc({ ...labels, grpc_code: code });
      seconds.observe(labels, (performance.now() - since) / 1_000);
    };
    return async (request, context) => {
      const since = performance.now();
      started.inc(labels);
      try {
        const response = await next(request, context);
        end("OK", since);
        return response;
      } catch (error) {
        const code = error instanceof RpcError ? (codeName(error.code) ?? "UNKNOWN") : "INTERNAL";
        end(goName(code), since);
        report(log, side, path, code, error);
        throw error;
      }
    };
  };
}

const ofTheCaller = ["INVALID_ARGUMENT", "NOT_FOUND", "FAILED_PRECONDITION", "CANCELLED", "UNIMPLEMENTED"];

function report(log: Log, side: string, path: string, code: string, error: unknown): void {
  const line = { side, path, code, error };
  if (ofTheCaller.includes(code)) log.debug(line, "call refused");
  else if (error instanceof RpcError) log.warn({ ...line, error: undefined, reason: reasonOf(error) }, "call failed");
  else log.error(line, "handler threw");
}

const reasonOf = ({ details, cause }: RpcError) => (cause instanceof Error ? cause.message : details);
