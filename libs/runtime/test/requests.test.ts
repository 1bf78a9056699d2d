import { once } from "node:events";
import { get, type IncomingMessage, type RequestOptions, type ServerResponse, request as send } from "node:http";
import { text } from "node:stream/consumers";
import type { Context } from "@boutique/contract/proto";
import { currentContext } from "@boutique/rpc/context";
import { createMetrics } from "@boutique/telemetry/metrics";
import type { Tracer } from "@boutique/telemetry/tracer";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { listenHttp } from "../src/http.ts";
import { contextOf, observeRequests } from "../src/requests.ts";
import { sampled } from "./relay.ts";
import { recordLines, recordSpans } from "./tracer.ts";

type Page = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers a request as the page of a route, as a router does. */
const at =
  (path: string, status = 200): Page =>
  (request, response) => {
    Object.assign(request, { route: { path } });
    response.statusCode = status;
    response.setHeader("content-length", "2").end("ok");
  };

/** A page behind what observes requests, until the test ends. */
async function serve(page: Page, tracer?: Tracer) {
  const metrics = createMetrics();
  const { lines, log } = recordLines();
  const server = await listenHttp(
    0,
    "127.0.0.1",
    observeRequests(metrics, log, () => tracer, page),
  );
  onTestFinished(() => server.close(0));
  const ended = (count = 1) => vi.waitFor(() => expect(lines).toHaveLength(count), 10_000);
  return {
    port: server.port,
    lines,
    ended,
    /** Asks for a page, and waits until all is noted. */
    async ask(path: string, options: RequestOptions = {}) {
      const before = lines.length;
      const request = get({ port: server.port, path, agent: false, ...options });
      const [response] = (await once(request, "response")) as [IncomingMessage];
      await text(response);
      await ended(before + 1);
    },
    samples: async (name: string, accept?: string) =>
      (await metrics.exposition(accept)).text.split("\n").filter((line) => line.startsWith(name)),
  };
}

describe("a request", () => {
  it("is counted by the template of its route, not by its path", async () => {
    const { ask, samples } = await serve(at("/product/:id"));

    await ask("/product/66VCHSJNUP");
    await ask("/product/OLJCESPC7Z?currency=EUR");

    const labels = 'method="GET",route="/product/:id",status="200"';
    expect(await samples("http_requests_total{")).toEqual([`http_requests_total{${labels}} 2`]);
    expect(await samples("http_request_duration_seconds_count{")).toEqual([
      `http_request_duration_seconds_count{${labels}} 2`,
    ]);
  });

  it("for the head of a page is counted as one for the page", async () => {
    const { ask, samples } = await serve(at("/cart"));

    await ask("/cart", { method: "HEAD" });

    expect(await samples("http_requests_total{")).toEqual([
      'http_requests_total{method="GET",route="/cart",status="200"} 1',
    ]);
  });

  it("that no route takes is counted as such, whatever its address and its method", async () => {
    const { ask, samples } = await serve((_, response) => response.writeHead(404).end());

    await ask("/wp-login.php");
    await ask("/.env", { method: "PROPFIND" });

    expect(await samples("http_requests_total{")).toEqual([
      'http_requests_total{method="GET",route="unmatched",status="404"} 1',
      'http_requests_total{method="other",route="unmatched",status="404"} 1',
    ]);
  });

  it("by a method that its page does not take is counted as one that no route takes", async () => {
    const { ask, samples } = await serve(at("/cart", 405));

    await ask("/cart", { method: "DELETE" });

    expect(await samples("http_requests_total{")).toEqual([
      'http_requests_total{method="other",route="unmatched",status="405"} 1',
    ]);
  });

  it("of a stranger who tries everything takes a bounded number of series", async () => {
    const { ask, samples } = await serve((request, response) => at(request.url ?? "")(request, response));

    for (let page = 0; page < 200; page++) await ask(`/${page}`);

    const counted = await samples("http_requests_total{");
    expect(counted).toHaveLength(101);
    expect(counted).toContain('http_requests_total{method="other",route="other",status="200"} 100');
    expect(await samples("http_request_duration_seconds_count{")).toHaveLength(35);
  });

  it("that fails is seen to fail, also when strangers have taken all the room there is", async () => {
    const { ask, samples } = await serve((request, response) =>
      at(request.url ?? "", request.url === "/late" ? 503 : 200)(request, response),
    );
    for (let page = 0; page < 200; page++) await ask(`/${page}`);

    await ask("/late");

    expect(await samples("http_requests_total{")).toContain(
      'http_requests_total{method="other",route="other",status="503"} 1',
    );
  });

  it("is one debug line, with what a reader looks for", async () => {
    const { ask, lines } = await serve(at("/cart", 422));

    await ask("/cart", { method: "POST" });

    expect(lines).toEqual([
      {
        method: "POST",
        route: "/cart",
        status: 422,
        ms: expect.any(Number),
        bytes: 2,
        message: "request answered",
      },
    ]);
  });

  it("whose shopper does not wait is counted as 499, and those who work for it are told", async () => {
    const begun = Promise.withResolvers<Context>();
    const { port, ended, lines, samples } = await serve((request) => begun.resolve(contextOf(request)));
    const request = send({ port, path: "/slow" }).on("error", () => {});
    request.end();
    const { signal } = await begun.promise;
    expect(signal.aborted).toBe(false);
    expect(await samples("http_requests_in_flight ")).toEqual(["http_requests_in_flight 1"]);

    request.destroy();
    await ended();

    expect(signal.aborted).toBe(true);
    expect(lines).toMatchObject([{ status: 499 }]);
    expect(await samples("http_requests_total{")).toEqual([
      'http_requests_total{method="GET",route="unmatched",status="499"} 1',
    ]);
    // How long an answer takes is not how long somebody waits for it.
    expect(await samples("http_request_duration_seconds_count")).toEqual([]);
    expect(await samples("http_requests_in_flight ")).toEqual(["http_requests_in_flight 0"]);
  });
});

describe("the context of a request", () => {
  /** The contexts of the requests served so far. */
  async function contexts(tracer?: Tracer) {
    const seen: Context[] = [];
    const { ask } = await serve((request, response) => {
      expect(currentContext()).toBe(contextOf(request));
      seen.push(contextOf(request));
      response.end();
    }, tracer);
    return { ask, seen };
  }

  it("is a trace of its own when none came, so that all lines about it are found (original: none)", async () => {
    const { ask, seen } = await contexts();

    await ask("/");
    await ask("/");

    const [one, other] = seen.map(({ trace }) => trace.traceparent);
    expect(one).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(other).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(one).not.toBe(other);
  });

  it("is the trace that came, with all that belongs to it", async () => {
    const { ask, seen } = await contexts();
    const headers = { traceparent: sampled, tracestate: "vendor=1", baggage: "synthetic_request=true" };

    await ask("/", { headers });

    expect(seen[0]?.trace).toEqual(headers);
  });

  it("is a trace of its own when what came is none", async () => {
    const { ask, seen } = await contexts();

    await ask("/", { headers: { traceparent: "00-0000-<script>", tracestate: "vendor=1", baggage: "user=ada" } });

    expect(seen[0]?.trace).toEqual({
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/),
      baggage: "user=ada",
    });
  });

  it("is that of its span, when there is one", async () => {
    const { spans, tracer } = recordSpans();
    const { ask, seen } = await contexts(tracer);

    await ask("/", { headers: { traceparent: sampled, baggage: "user=ada" } });

    expect(spans[0]?.parent).toBe(sampled);
    expect(seen[0]?.trace).toEqual({
      traceparent: `00-${"a".repeat(32)}-0000000000000001-01`,
      baggage: "user=ada",
    });
    expect(seen[0]?.span).toBeDefined();
  });

  it("is known also after the body was read, where nothing else is", async () => {
    const after = Promise.withResolvers<Context>();
    const { ask } = await serve((request, response) => {
      const given = contextOf(request);
      request.resume().once("end", () => {
        after.resolve(contextOf(request));
        expect(contextOf(request)).toBe(given);
        response.end();
      });
    });

    await ask("/cart", { method: "POST" });

    expect((await after.promise).trace.traceparent).toBeDefined();
  });

  it("of a request that nobody observes is a fault of ours", () => {
    expect(() => contextOf({} as IncomingMessage)).toThrow("nobody observes");
  });
});

describe("the span of a request", () => {
  it("is called by its route, and says what was asked and answered", async () => {
    const { spans, tracer } = recordSpans();
    const { ask } = await serve(at("/product/:id"), tracer);

    await ask("/product/66VCHSJNUP?email=ada@example.com");

    expect(spans).toEqual([
      {
        name: "GET /product/:id",
        kind: "server",
        parent: undefined,
        ended: 1,
        attributes: {
          "http.request.method": "GET",
          "url.scheme": "http",
          "http.route": "/product/:id",
          "http.response.status_code": 200,
        },
      },
    ]);
  });

  it.each([
    [200, undefined],
    [404, undefined],
    [500, "500"],
    [503, "503"],
  ])("of an answer with %s has failed: %s", async (status, failed) => {
    const { spans, tracer } = recordSpans();
    const { ask } = await serve(at("/", status), tracer);

    await ask("/");

    expect(spans[0]?.failed).toBe(failed);
  });

  it("ends when the shopper does not wait", async () => {
    const { spans, tracer } = recordSpans();
    const begun = Promise.withResolvers<void>();
    const { port, ended } = await serve(() => begun.resolve(), tracer);
    const request = send({ port }).on("error", () => {});
    request.end();
    await begun.promise;

    request.destroy();
    await ended();

    expect(spans).toMatchObject([{ ended: 1, attributes: { "http.response.status_code": 499 } }]);
  });

  it("is not made for a probe", async () => {
    const { spans, tracer } = recordSpans();
    const { ask, samples } = await serve(at("/_healthz"), tracer);

    await ask("/_healthz");

    expect(spans).toEqual([]);
    expect(await samples("http_requests_total{")).toHaveLength(1);
  });

  it("stands as an exemplar with the time that it took", async () => {
    const { tracer } = recordSpans();
    const { ask, samples } = await serve(at("/"), tracer);

    await ask("/");

    const buckets = await samples("http_request_duration_seconds_bucket", "application/openmetrics-text");
    expect(buckets.filter((line) => line.includes(`trace_id="${"a".repeat(32)}"`))).toHaveLength(1);
  });

  it("is no exemplar when nobody recorded it", async () => {
    const { ask, samples } = await serve(at("/"));

    await ask("/");

    const buckets = await samples("http_request_duration_seconds_bucket", "application/openmetrics-text");
    expect(buckets.join()).not.toContain("trace_id");
  });
});
