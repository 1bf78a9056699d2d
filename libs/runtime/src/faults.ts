import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "@boutique/contract/proto";
import { RpcError } from "@boutique/rpc/error";
import type { Interceptor } from "@boutique/rpc/interceptor";
import type { Metrics } from "@boutique/telemetry/metrics";
import { chances } from "./chances.ts";
import { delay } from "./delay.ts";
import { type FaultSettings, prefixesIn } from "./fault-settings.ts";
import { contextOf } from "./requests.ts";

/** What stands before a page: it has the page made, or an error shown in its place. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/** What goes wrong in a service on purpose. */
export interface Faults {
  /** What that is, as /version says it; undefined where nothing does. */
  readonly told: ToldFaults | undefined;
  /** What stands closest around the handlers of calls; nobody where nothing goes wrong. */
  readonly calls: readonly Interceptor[];
  /** What stands before each page; nobody where nothing goes wrong. */
  readonly pages: readonly Middleware[];
}

/** The faults of a service in figures. */
export interface ToldFaults {
  readonly latency_ms: number;
  readonly error_rate: number;
  /** What the paths that suffer begin with; empty for all. */
  readonly paths: readonly string[];
  readonly seed: number;
}

/**
 * The faults that a service is told to have, in what it serves: a path of FAULT_PATHS may be meant for others. What
 * counts and traces stands around them, and so sees them as it sees real ones.
 */
export function createFaults(settings: FaultSettings, serves: (prefix: string) => boolean, metrics: Metrics): Faults {
  const told = faultsIn(settings, serves);
  const count = measure(metrics, told);
  if (!told) return { told, calls: [], pages: [] };

  const { latency_ms: latency, error_rate: rate, paths, seed } = told;
  const chance = chances(seed);
  const tell = (kind: keyof typeof count, { span }: Context) => {
    count[kind].value += 1;
    span?.event("fault injected", { kind });
  };
  const suffer = async (context: Context): Promise<void> => {
    // Drawn as they come, so that the row of failures does not depend on how long each waits.
    const fails = chance() < rate;
    if (latency > 0) {
      tell("latency", context);
      await delay(latency, context);
    }
    if (!fails) return;
    tell("error", context);
    // Not UNAVAILABLE: that is tried again, and where one call in two fails the caller would see one in eight.
    throw new RpcError("INTERNAL", "fault injected: FAULT_ERROR_RATE is set");
  };
  const suffers = (path = "") => paths.length === 0 || paths.some((prefix) => path.startsWith(prefix));

  const call: Interceptor = (next, path) => {
    if (!suffers(path)) return next;
    return async (request, context) => {
      await suffer(context);
      return next(request, context);
    };
  };
  const page: Middleware = (request, response, next) => {
    if (!suffers(request.url)) return next();
    const context = contextOf(request);
    if (latency > 0) response.setHeader("x-fault", "latency");
    suffer(context).then(
      () => next(),
      (error) => {
        // Who has left needs no page.
        if (context.signal.aborted) return;
        response.setHeader("x-fault", "error");
        next(error);
      },
    );
  };
  return { told, calls: [call], pages: [page] };
}

/** What goes wrong, in a line for the log. */
export function inWords({ latency_ms, error_rate, paths }: ToldFaults): string {
  const what = [
    ...(latency_ms > 0 ? [`every answer is ${latency_ms} ms late`] : []),
    ...(error_rate > 0 ? [`${Math.round(error_rate * 10_000) / 100} % of answers are errors`] : []),
  ];
  const where = paths.length > 0 ? `at paths that begin with ${paths.join(" or ")}` : "everywhere but in health";
  return `faults are injected: ${what.join(", ")}, ${where}; without FAULT_LATENCY and FAULT_ERROR_RATE there are none`;
}

function faultsIn(settings: FaultSettings, serves: (prefix: string) => boolean): ToldFaults | undefined {
  const { FAULT_LATENCY, FAULT_ERROR_RATE, FAULT_PATHS, FAULT_SEED } = settings;
  if (FAULT_LATENCY === 0 && FAULT_ERROR_RATE === 0) return undefined;
  const all = prefixesIn(FAULT_PATHS);
  const paths = all.filter(serves);
  if (all.length > 0 && paths.length === 0) return undefined;
  return { latency_ms: FAULT_LATENCY, error_rate: FAULT_ERROR_RATE, paths, seed: FAULT_SEED };
}

/** Shows what goes wrong on purpose to who looks at metrics, so that nobody looks for another reason. */
function measure(metrics: Metrics, told: ToldFaults | undefined) {
  const late = "How long answers wait on purpose (FAULT_LATENCY), in seconds.";
  metrics.gauge("app_fault_latency_seconds", late).at().value = (told?.latency_ms ?? 0) / 1_000;
  const failing = "The share of calls and pages that fail on purpose (FAULT_ERROR_RATE).";
  metrics.gauge("app_fault_error_ratio", failing).at().value = told?.error_rate ?? 0;
  const help = "Calls and pages that waited, or failed, on purpose.";
  const injected = metrics.counter("app_faults_injected_total", help, ["kind"]);
  return { latency: injected.at("latency"), error: injected.at("error") };
}
