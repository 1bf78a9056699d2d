import { failedWith } from "@boutique/rpc/error";
import type { Log } from "@boutique/telemetry/log";
import type { ErrorRequestHandler, RequestHandler } from "express";
import { notFound, type Problem, problem } from "./page.ts";
import type { Replies } from "./reply.ts";
import { requestIdOf } from "./requests.ts";

const RETRY_AFTER_S = 2;

/** The pages for what went wrong. They say what the shopper can do, and a number to name it by; never what broke. */
export function createFailures({ send }: Replies, log: Log) {
  const missing: RequestHandler = (request, response) => send(request, response, notFound());

  /** For a path that answers to other methods. */
  const wrongMethod =
    (allowed: string): RequestHandler =>
    (request, response) => {
      response.setHeader("Allow", allowed);
      if (request.method === "OPTIONS") response.status(204).end();
      else send(request, response, problem(405, "This does not work here", `Here the shop takes ${allowed} alone.`));
    };

  const failed: ErrorRequestHandler = (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const reply = replyTo(error, request.method === "GET" ? request.originalUrl : undefined);
    const fields = { request_id: requestIdOf(response), route: request.route?.path };
    if (reply.status === 503) {
      response.setHeader("Retry-After", RETRY_AFTER_S);
      log.warn({ ...fields, reason: error.message }, "page not served");
    }
    if (reply.status === 500) log.error({ ...fields, error }, "page failed");
    send(request, response, reply);
  };

  return { notFound: missing, wrongMethod, failed };
}

/** What is away may come back: 503. What pages know to be the shopper's to mend never comes here. */
function replyTo(error: unknown, again: string | undefined): Problem {
  if (isAway(error)) {
    const text = "A part of the shop does not answer. Nothing is lost; please try again in a moment.";
    return problem(503, "We will be right back", text, again);
  }
  const status = (error as { status?: number }).status ?? 500;
  if (status === 413) return problem(413, "That is too much", "The form was larger than the shop takes.");
  if (status >= 400 && status < 500) return problem(400, "This was not understood", "The request was not well formed.");
  return problem(500, "Something went wrong", "It is our fault, not yours. Please try again.", again);
}

/** Some peers of other makes say FAILED_PRECONDITION when their store is away. */
const isAway = (error: unknown): boolean =>
  failedWith(error, "UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED", "CANCELLED", "FAILED_PRECONDITION");
