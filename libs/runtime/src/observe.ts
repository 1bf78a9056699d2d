import { type Code, codeOf } from "@boutique/rpc/error";
import type { Interceptor } from "@boutique/rpc/interceptor";
import type { Log } from "@boutique/telemetry/log";
import type { Metrics } from "@boutique/telemetry/metrics";
import { rpcMetrics } from "@boutique/telemetry/rpc-metrics";
import { sampledIds } from "@boutique/telemetry/tracer";
import { createReporter } from "./report.ts";

/** A status code as Go spells it, which is how known dashboards ask for it: OK, NotFound, Canceled. */
export const goName = (constant: string): string =>
  constant === "OK"
    ? "OK"
    : constant
        .replace("CANCELLED", "CANCELED")
        .toLowerCase()
        .replace(/(^|_)(\w)/g, (_, __, letter) => letter.toUpperCase());

/**
 * Counts and times every call of one side, and logs the ones that fail for a reason that is not the caller's; `failed`
 * is told of each that fails.
 */
export function observe(
  side: "client" | "server",
  metrics: Metrics,
  log: Log,
  failed: (path: string, code: Code) => void = () => {},
): Interceptor {
  const { started, handled, received, sent, seconds, inFlight } = rpcMetrics(metrics, side);
  const report = createReporter(log, side);
  const [request, response] = side === "server" ? [received, sent] : [sent, received];
  return (next, path) => {
    const [, service = "", method = ""] = path.split("/");
    const labels = ["unary", service, method];
    // Looked up once, not at each call; the first call makes them, so that nothing is shown that never happened.
    let cells: ReturnType<typeof open> | undefined;
    const open = () => ({
      started: started.at(...labels),
      requests: request.at(...labels),
      responses: response.at(...labels),
      seconds: seconds.at(...labels),
      ok: handled.at(...labels, "OK"),
      inFlight: inFlight.at(),
    });
    return async (message, context) => {
      cells ??= open();
      const since = performance.now();
      cells.started.value += 1;
      cells.requests.value += 1;
      cells.inFlight.value += 1;
      try {
        const answer = await next(message, context);
        cells.ok.value += 1;
        cells.responses.value += 1;
        report.answered(path, since);
        return answer;
      } catch (error) {
        const code = codeOf(error);
        handled.at(...labels, goName(code)).value += 1;
        report.failed(path, code, error);
        failed(path, code);
        throw error;
      } finally {
        cells.inFlight.value -= 1;
        cells.seconds.observe((performance.now() - since) / 1_000, sampledIds(context));
      }
    };
  };
}
