import { randomUUID } from "node:crypto";
import type { RequestHandler, Response } from "express";

/** The id of the request that a response answers; pages show it, so that people can name what went wrong. */
export const requestIdOf = (response: Response): string => response.locals.requestId as string;

/** Gives every request an id. */
export const nameRequests: RequestHandler = (_, response, next) => {
  response.locals.requestId = randomUUID();
  response.setHeader("x-request-id", requestIdOf(response));
  next();
};
