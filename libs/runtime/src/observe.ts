import { codeName, RpcError } from "@boutique/rpc/error";
import type { Interceptor } from "@boutique/rpc/interceptor";
import type { Log } from "@boutique/telemetry/log";
import { rpcMetrics } from "@boutique/telemetry/metrics";

/** A status code as Go spells it, which is how known dashboards ask for it: OK, NotFound, Canceled. */
export const goName = (constant: string): string =>
  constant === "OK"
    ? "OK"
    : constant
        .replace("CANCELLED", "CANCELED")
        .toLowerCase()
        .replace(/(^|_)(\w)/g, (_, __, letter) => letter.toUpperCase());

/** Counts and times every call of one side, and logs the ones that fail for a reason that is not the caller's. */
export function observe(side: "client" | "server", log: Log): Interceptor {
  const { started, handled, seconds } = rpcMetrics(side);
  const report = reporter(log, side);
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
        report(path, code, error);
        throw error;
      }
    };
  };
}

const ofTheCaller = ["INVALID_ARGUMENT", "NOT_FOUND", "FAILED_PRECONDITION", "CANCELLED", "UNIMPLEMENTED"];

/** Says a failure that repeats once in so many milliseconds: a dead peer is news, but not at every call. */
const QUIET_MS = 10_000;

function reporter(log: Log, side: string) {
  const quietUntil = new Map<string, number>();
  return (path: string, code: string, error: unknown): void => {
    if (ofTheCaller.includes(code)) {
      log.debug({ side, path, code, error }, "call refused");
    } else if (!(error instanceof RpcError)) {
      log.error({ side, path, code, error }, "handler threw");
    } else if (Date.now() >= (quietUntil.get(`${path} ${code}`) ?? 0)) {
      quietUntil.set(`${path} ${code}`, Date.now() + QUIET_MS);
      log.warn({ side, path, code, reason: error.details, cause: causeOf(error) }, "call failed");
    }
  };
}

const causeOf = ({ cause, details }: RpcError) =>
  cause instanceof Error && !cause.message.includes(details) ? cause.message : undefined;
