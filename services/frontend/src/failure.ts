import { failedWith } from "@boutique/rpc/error";
import type { Log } from "@boutique/telemetry/log";
import type { ErrorRequestHandler, RequestHandler } from "express";
import { notFound, problem, type Reply } from "./page.ts";
import type { Replies } from "./reply.ts";
import { requestIdOf } from "./watch.ts";

const RETRY_AFTER_S = 2;

/** The pages for what went wrong. They say what the shopper can do, and a number to name it by; never what broke. */
export function createFailures({ send }: Replies, log: Log) {
  const missing: RequestHandler = (request, response) => send(request, response, notFound());

  const wrongMethod: RequestHandler = (request, response) =>
    send(
      request,
      response,
      problem(405, "This does not work here", `${request.method} is not understood at this address.`),
    );

  const failed: ErrorRequestHandler = (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const reply = replyTo(error, request.method === "GET" ? request.originalUrl : undefined);
    const status = "status" in reply ? reply.status : undefined;
    if (status === 503) response.setHeader("Retry-After", RETRY_AFTER_S);
    if (status === 500) log.error({ error, request_id: requestIdOf(response) }, "page failed");
    send(request, response, reply);
  };

  return { notFound: missing, wrongMethod, failed };
}

function replyTo(error: unknown, again: string | undefined): Reply {
  if (failedWith(error, "NOT_FOUND")) return notFound();
  if (failedWith(error, "UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED", "CANCELLED")) {
    const text = "A part of the shop does not answer. Nothing is lost; please try again in a moment.";
    return problem(503, "We will be right back", text, again);
  }
  if (failedWith(error, "INVALID_ARGUMENT", "FAILED_PRECONDITION")) {
    return problem(422, "This could not be done", "Something in what was sent will not do.");
  }
  const status = (error as { status?: number }).status ?? 500;
  if (status === 413) return problem(413, "That is too much", "The form was larger than the shop takes.");
  if (status >= 400 && status < 500) return problem(400, "This was not understood", "The request was not well formed.");
  return problem(500, "Something went wrong", "It is our fault, not yours. Please try again.", again);
}
