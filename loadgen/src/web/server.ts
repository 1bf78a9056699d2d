import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { listenHttp } from "@boutique/runtime/http";
import express, { type Express, type RequestHandler } from "express";
import { filesOf } from "../command/deliver.ts";
import { ownVersion } from "../command/manifest.ts";
import type { Operator } from "../command/operator.ts";
import { isLoopback } from "../crew/token.ts";
import { followPaces, type Paces } from "../exporter/pace.ts";
import { loadPlan, planNames } from "../plan/plan-file.ts";
import { access } from "./access.ts";
import { guard, refuse } from "./guard.ts";
import { chartStyle, live } from "./live.ts";
import { locustStats } from "./locust.ts";
import { page } from "./page.ts";
import { orderFrom, type Start } from "./swarm.ts";

const FORM_LIMIT = "16kb";

const file = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

/** Where the web view listens, and what it wants to be shown. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly token: string | undefined;
}

/** Opens the web view. Rejects, with the option in its words, when it cannot listen there. */
export async function openWeb(operator: Operator, start: Start, { host, port, token }: Place) {
  // Whoever reaches it can put load on anything: strangers must not.
  const secret = token ?? (isLoopback(host) ? undefined : randomBytes(18).toString("base64url"));
  const paces = followPaces(operator.snapshot);
  const server = await listenHttp(port, host, createWeb(operator, start, paces, { host, secret })).catch((error) => {
    throw new Error(`--web-port ${port}: cannot listen on ${host}:${port} (${error.code})`);
  });
  const shown = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  const address = `http://${shown}:${server.port}/`;
  return {
    url: token === undefined && secret ? `${address}?token=${secret}` : address,
    async close() {
      paces.close();
      await server.close(0);
    },
  };
}

function createWeb(
  operator: Operator,
  start: Start,
  paces: Paces,
  { host, secret }: { host: string; secret: string | undefined },
): Express {
  const stop: RequestHandler = (_, response) => {
    operator.stop();
    response.json({ success: true, message: "Test stopped" });
  };
  const text =
    (type: string, content: string): RequestHandler =>
    (_, response) =>
      void response.type(type).send(content);

  return express()
    .disable("x-powered-by")
    .disable("etag")
    .use(guard(host), secret === undefined ? (_request, _response, next) => next() : access(secret))
    .use(express.urlencoded({ extended: false, limit: FORM_LIMIT }), express.json({ limit: FORM_LIMIT }))
    .get(
      "/",
      (_, response) => void response.type("html").send(page(start, planNames().map(loadPlan), ownVersion).markup),
    )
    .get("/app.js", text("text/javascript", file("app.js")))
    .get("/styles.css", text("css", file("styles.css") + chartStyle))
    .get("/icon.svg", text("svg", file("icon.svg")))
    .get("/live", ({ query }, response) => {
      response.json(live(operator, query.width === "narrow" ? "narrow" : "wide"));
    })
    .post("/swarm", swarm(operator, start))
    .post("/stop", stop)
    .get("/stop", stop)
    .get("/stats/requests", (_, response) => void response.json(locustStats(operator, paces)))
    .get("/stats/requests/csv", download(operator, "stats.csv"))
    .get("/stats/failures/csv", download(operator, "failures.csv"))
    .get("/exceptions/csv", download(operator, "exceptions.csv"))
    .get("/result/:file", (request, response, next) => download(operator, request.params.file)(request, response, next))
    .use((request, response) => refuse(response, 404, `there is nothing at ${request.method} ${request.path}`))
    .use(((error, _request, response, _next) => {
      refuse(response, error.status ?? 500, error.status ? error.message : "something went wrong here");
    }) satisfies express.ErrorRequestHandler);
}

const swarm =
  (operator: Operator, start: Start): RequestHandler =>
  (request, response) => {
    try {
      const order = orderFrom(request.body ?? {}, start, operator);
      // What becomes of it, the page is told by the operator.
      operator.start(order).catch(() => {});
      response.json({ success: true, message: "Swarming started", host: order.host });
    } catch (error) {
      refuse(response, 400, (error as Error).message);
    }
  };

/** A file of the last result. */
const download =
  (operator: Operator, name: string): RequestHandler =>
  (_, response) => {
    const result = operator.result();
    const content = result && filesOf(result, { out: "/" }).get(`/${name}`)?.();
    if (content === undefined) {
      const why = result ? `no result has a file ${name}` : "no run has come to its end yet";
      return refuse(response, 404, why);
    }
    response.attachment(name).send(content);
  };
