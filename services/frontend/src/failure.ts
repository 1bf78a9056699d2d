import { failedWith } from "@boutique/rpc/error";
import type { Log } from "@boutique/telemetry/log";
import type { ErrorRequestHandler, RequestHandler } from "express";
import { notFound, type Problem, passing, problem, type Way } from "./page.ts";
import { isAway } from "./parts.ts";
import type { Replies } from "./reply.ts";
import { requestIdOf } from "./requests.ts";
import { returnPath } from "./return.ts";

/** The pages for what went wrong. They say what the shopper can do, and a number to name it by; never what broke. */
export function createFailures({ send }: Replies, log: Log, base: string) {
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
    // Back to the page, or to the one whose form was sent: of most forms nobody knows whether they were taken after all.
    const href = returnPath(request, base);
    const reply = replyTo(error, request.method === "POST" && href === "/" ? [] : [{ label: "Try again", href }]);
    const fields = { request_id: requestIdOf(response), route: request.route?.path };
    if (reply.status === 503) log.warn({ ...fields, reason: error.message }, "page not served");
    if (reply.status === 500) log.error({ ...fields, error }, "page failed");
    send(request, response, reply);
  };

  return { notFound: missing, wrongMethod, failed };
}

/** What is away may come back: 503. What pages know to be the shopper's to mend never comes here. */
function replyTo(error: unknown, again: readonly Way[]): Problem {
  if (isAway(error) && !isOurs(error)) {
    const text = "A part of the shop does not answer. Nothing is lost; please try again in a moment.";
    return passing("We will be right back", text, again);
  }
  const status = (error as { status?: number }).status ?? 500;
  if (status === 413) return problem(413, "That is too much", "The form was larger than the shop takes.");
  if (status >= 400 && status < 500) return problem(400, "This was not understood", "The request was not well formed.");
  return problem(500, "Something went wrong", "It is our fault, not yours. Please try again.", again);
}

/** What has no better code, and came from no peer: a fault that was injected into the storefront itself, for one. */
const isOurs = (error: unknown): boolean => failedWith(error, "INTERNAL") && error.cause === undefined;
