import { randomUUID } from "node:crypto";
import type { Log } from "@boutique/telemetry/log";
import type { HttpMetrics } from "@boutique/telemetry/metrics";
import type { RequestHandler, Response } from "express";

/** The id of the request that a response answers; pages show it, so that people can name what went wrong. */
export const requestIdOf = (response: Response): string => response.locals.requestId as string;

/** Names, times and counts every request; `LOG_LEVEL=debug` writes a line for each. */
export const observeRequests =
  ({ requests, seconds }: HttpMetrics, log: Log): RequestHandler =>
  (request, response, next) => {
    const since = performance.now();
    response.locals.requestId = randomUUID();
    response.setHeader("x-request-id", requestIdOf(response));
    response.once("close", () => {
      const took = performance.now() - since;
      const route = request.route?.path ?? "unmatched";
      // A shopper who did not wait for the answer is counted as nginx does.
      const status = response.writableFinished ? response.statusCode : 499;
      const labels = { method: methodOf(request.method), route, status };
      requests.inc(labels);
      seconds.observe(labels, took / 1_000);
      log.debug({ ...labels, request_id: requestIdOf(response), ms: Math.round(took) }, "request answered");
    });
    next();
  };

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const methodOf = (method: string) => (methods.includes(method) ? method : "other");
