import type { Version } from "@boutique/runtime/version";
import type { RequestHandler, Router } from "express";

/** Adds the addresses that are for programs. Before those of robots and of canaries stand the faults, if there are any. */
export function addPlain(router: Router, canary: string, version: Version, faults: readonly RequestHandler[]): void {
  router.get("/_healthz", plain("ok"));
  router.get("/version", (_, response) => void response.json({ ...version, ...(canary && { canary }) }));
  router.get("/robots.txt", ...faults, plain("User-agent: *\nDisallow: /\n"));
  if (canary) router.get(`/${canary}.txt`, ...faults, plain(`${canary}\n`));
}

const plain =
  (body: string): RequestHandler =>
  (_, response) => {
    response.type("text/plain").send(body);
  };
