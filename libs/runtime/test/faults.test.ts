import { setImmediate } from "node:timers/promises";
import type { Context } from "@boutique/contract/proto";
import { compose, type Method } from "@boutique/rpc/interceptor";
import { createMetrics } from "@boutique/telemetry/metrics";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { faultSettings } from "../src/fault-settings.ts";
import { createFaults, inWords, type Middleware } from "../src/faults.ts";
import { listenHttp } from "../src/http.ts";
import { observe } from "../src/observe.ts";
import { observeRequests } from "../src/requests.ts";
import { readSettings } from "../src/settings.ts";
import { traceServer } from "../src/trace.ts";
import { ports, run, shipping, slow } from "./process.ts";
import { recordLines, recordSpans } from "./tracer.ts";

const HOUR = 3_600_000;
const GET_CART = "/hipstershop.CartService/GetCart";
const caller = (given: Partial<Context> = {}): Context => ({
  deadline: Date.now() + HOUR,
  signal: new AbortController().signal,
  trace: {},
  ...given,
});

/** Faults as a service has them that is told so, and the metrics that it shows. */
function faultsOf(env: Record<string, string>, serves: (prefix: string) => boolean = () => true) {
  const metrics = createMetrics();
  const faults = createFaults(readSettings(faultSettings, env), serves, metrics);
  return {
    ...faults,
    metrics,
    samples: async (name: string) =>
      (await metrics.exposition()).text.split("\n").filter((line) => line.startsWith(name)),
  };
}

/** What becomes of so many calls, one after another: "ok", or the words of the error. */
async function outcomes(method: Method, count: number) {
  const results: unknown[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    results.push(await Promise.resolve(method({}, caller())).catch(({ message }) => message));
  }
  return results;
}
const answers: Method = async () => "ok";
const failed = "INTERNAL: fault injected: FAULT_ERROR_RATE is set";

describe("a service that is told of no faults", () => {
  it.each([
    ["nothing", {}],
    ["paths and a seed alone", { FAULT_PATHS: "/product/", FAULT_SEED: "7" }],
    ["that none are wanted", { FAULT_LATENCY: "0", FAULT_ERROR_RATE: "0.0" }],
  ])("has nothing in the way of its calls and pages: %s", async (_, env) => {
    const { told, calls, pages, samples } = faultsOf(env);

    expect({ told, calls, pages }).toEqual({ told: undefined, calls: [], pages: [] });
    expect(await samples("app_fault")).toEqual([
      "app_fault_latency_seconds 0",
      "app_fault_error_ratio 0",
      'app_faults_injected_total{kind="latency"} 0',
      'app_faults_injected_total{kind="error"} 0',
    ]);
  });

  it("is one whose paths FAULT_PATHS does not name", () => {
    const env = { FAULT_ERROR_RATE: "1", FAULT_PATHS: "/product/" };

    expect(faultsOf(env, (prefix) => GET_CART.startsWith(prefix)).told).toBeUndefined();
  });
});

describe("calls", () => {
  it("fail in the share that is told, in the same row for the same seed", async () => {
    const of = async (seed: string) => {
      const { calls } = faultsOf({ FAULT_ERROR_RATE: "0.3", FAULT_SEED: seed });
      return outcomes(compose(calls, answers, GET_CART), 1_000);
    };

    const row = await of("1");

    expect(new Set(row)).toEqual(new Set(["ok", failed]));
    expect(row.filter((outcome) => outcome === failed).length).toBeGreaterThan(250);
    expect(row.filter((outcome) => outcome === failed).length).toBeLessThan(350);
    expect(await of("1")).toEqual(row);
    expect(await of("2")).not.toEqual(row);
  });

  it.each([
    ["/hipstershop.CartService/GetCart", [failed, "ok", "ok"]],
    ["/hipstershop.CartService/", [failed, failed, "ok"]],
    ["/hipstershop.AdService/GetAds , /hipstershop.CartService/AddItem", ["ok", failed, failed]],
    ["/", [failed, failed, failed]],
    ["", [failed, failed, failed]],
  ])("suffer where their path begins with one of %j", async (FAULT_PATHS, expected) => {
    const { calls } = faultsOf({ FAULT_ERROR_RATE: "1", FAULT_PATHS });
    const paths = [GET_CART, "/hipstershop.CartService/AddItem", "/hipstershop.AdService/GetAds"];

    const seen = await Promise.all(paths.map((path) => outcomes(compose(calls, answers, path), 1)));

    expect(seen.flat()).toEqual(expected);
  });

  it("that do not suffer are the handler itself", () => {
    const { calls } = faultsOf({ FAULT_LATENCY: "1h", FAULT_PATHS: GET_CART });

    expect(compose(calls, answers, "/hipstershop.CartService/AddItem")).toBe(answers);
  });

  it("are late, and then answered as ever", async () => {
    const { calls, samples } = faultsOf({ FAULT_LATENCY: "30ms" });
    const since = performance.now();

    expect(await outcomes(compose(calls, answers, GET_CART), 1)).toEqual(["ok"]);
    // A timer may be early by a part of a millisecond.
    expect(performance.now() - since).toBeGreaterThan(29);
    expect(await samples("app_fault")).toEqual([
      "app_fault_latency_seconds 0.03",
      "app_fault_error_ratio 0",
      'app_faults_injected_total{kind="latency"} 1',
      'app_faults_injected_total{kind="error"} 0',
    ]);
  });

  it("wait no longer than their caller does, and then are not handled", async () => {
    const { calls } = faultsOf({ FAULT_LATENCY: "1h" });
    let handled = false;
    const method = compose(calls, () => (handled = true), GET_CART);
    const gone = new AbortController();

    const late = expect(method({}, caller({ deadline: Date.now() + 20 }))).rejects.toThrow(
      "the time for the call is over",
    );
    const left = expect(method({}, caller({ signal: gone.signal }))).rejects.toThrow("the caller hung up");
    gone.abort();

    await Promise.all([late, left]);
    expect(handled).toBe(false);
  });

  it("are counted and traced as those that fail by themselves", async () => {
    const { calls, metrics, samples } = faultsOf({ FAULT_ERROR_RATE: "1" });
    const { spans, tracer } = recordSpans();
    const { log } = recordLines();
    const warned: unknown[] = [];
    Object.assign(log, { warn: (fields: object) => warned.push(fields) });

    const method = compose([traceServer(() => tracer), observe("server", metrics, log), ...calls], answers, GET_CART);

    expect(await outcomes(method, 1)).toEqual([failed]);
    expect(await samples("grpc_server_handled_total{")).toContain(
      'grpc_server_handled_total{grpc_type="unary",grpc_service="hipstershop.CartService",grpc_method="GetCart",grpc_code="Internal"} 1',
    );
    expect(spans).toMatchObject([{ failed: "INTERNAL", ended: 1 }]);
    expect(warned).toMatchObject([{ code: "INTERNAL", reason: "fault injected: FAULT_ERROR_RATE is set" }]);
  });
});

describe("pages", () => {
  /** A shop of pages that all answer, behind what stands before them. */
  async function serve(env: Record<string, string>) {
    const { pages, samples, metrics } = faultsOf(env);
    const { log, lines } = recordLines();
    const made: string[] = [];
    const begun = Promise.withResolvers<void>();
    const listener = observeRequests(
      metrics,
      log,
      () => undefined,
      (request, response) => {
        begun.resolve();
        const [first] = pages as [Middleware];
        first(request, response, (error) => {
          made.push(String(request.url));
          response.statusCode = error ? 500 : 200;
          response.end("ok");
        });
      },
    );
    const server = await listenHttp(0, "127.0.0.1", listener);
    onTestFinished(() => server.close(0));
    const url = `http://127.0.0.1:${server.port}`;
    return {
      made,
      lines,
      begun: begun.promise,
      samples,
      ask: async (path: string, init: RequestInit = {}) => {
        const { status, headers } = await fetch(url + path, init);
        return [status, headers.get("x-fault")];
      },
    };
  }

  it("fail where their path begins so, whatever is asked of them, and say that it was on purpose", async () => {
    const { ask, samples } = await serve({ FAULT_ERROR_RATE: "1", FAULT_PATHS: "/product/" });

    expect(await ask("/product/OLJCESPC7Z?currency=EUR")).toEqual([500, "error"]);
    expect(await ask("/cart?from=/product/")).toEqual([200, null]);
    expect(await samples("app_faults_injected_total")).toContain('app_faults_injected_total{kind="error"} 1');
    expect((await samples("http_requests_total{")).map((line) => /status="(\d+)"/.exec(line)?.[1])).toEqual([
      "500",
      "200",
    ]);
  });

  it("are late, and say so", async () => {
    const { ask, samples } = await serve({ FAULT_LATENCY: "30ms" });
    const since = performance.now();

    expect(await ask("/")).toEqual([200, "latency"]);
    expect(performance.now() - since).toBeGreaterThan(29);
    expect(
      (await samples("http_request_duration_seconds_sum")).map((line) => Number(line.split(" ")[1]) > 0.029),
    ).toEqual([true]);
  });

  it("are not made for a shopper who has left", async () => {
    const { ask, begun, lines, made } = await serve({ FAULT_LATENCY: "1h" });
    const shopper = new AbortController();

    const page = ask("/", { signal: shopper.signal });
    await begun;
    shopper.abort();

    await expect(page).rejects.toThrow();
    await vi.waitFor(() => expect(lines).toMatchObject([{ status: 499 }]), 10_000);
    // By then the wait has been broken off, and whoever hears of that has heard.
    await setImmediate();
    expect(made).toEqual([]);
  });
});

describe("settings", () => {
  it.each([
    ["FAULT_LATENCY", "soon"],
    ["FAULT_LATENCY", "600h"],
    ["FAULT_ERROR_RATE", "50%"],
    ["FAULT_ERROR_RATE", "1.1"],
    ["FAULT_ERROR_RATE", "-0.5"],
    ["FAULT_PATHS", "/product/,cart"],
    ["FAULT_SEED", "1.5"],
  ])("refuse %s=%s", (name, text) => {
    expect(() => readSettings(faultSettings, { [name]: text })).toThrow(`${name}=${text} is not`);
  });

  it.each([
    ["0", 0],
    [".25", 0.25],
    ["0.5", 0.5],
    ["1", 1],
    ["1.0", 1],
  ])("take FAULT_ERROR_RATE=%s", (text, rate) => {
    expect(readSettings(faultSettings, { FAULT_ERROR_RATE: text }).FAULT_ERROR_RATE).toBe(rate);
  });
});

describe("a service with faults", () => {
  it("says so at its start, at /version and in its metrics", async () => {
    const service = run(shipping, {
      FAULT_LATENCY: "1500ms",
      FAULT_ERROR_RATE: "0.25",
      FAULT_PATHS: "/hipstershop.ShippingService/GetQuote,/product/",
      APP_VERSION: "9.8.7",
      APP_COMMIT: "abc123",
    });
    const { metrics } = await ports(service);
    const faults = {
      latency_ms: 1_500,
      error_rate: 0.25,
      paths: ["/hipstershop.ShippingService/GetQuote"],
      seed: 1,
    };
    const ask = (path: string) => fetch(`http://127.0.0.1:${metrics}${path}`);

    expect(service.lines[0]).toMatchObject({ severity: "warn", faults, message: inWords(faults) });
    expect(inWords(faults)).toMatch(/^faults are injected: every answer is 1500 ms late, 25 % of answers are errors/);
    expect(await (await ask("/version")).json()).toEqual({
      service: "shippingservice",
      version: "9.8.7",
      commit: "abc123",
      node: process.version,
      faults,
    });
    expect(await (await ask("/metrics")).text()).toContain("\napp_fault_latency_seconds 1.5\n");
    expect((await ask("/elsewhere")).status).toBe(404);
  });

  it("without them says nothing of any", async () => {
    const service = run(slow, { FAULT_ERROR_RATE: "1", FAULT_PATHS: "/product/" });
    const { metrics } = await ports(service);

    expect(service.lines.map(({ message }) => message)).toEqual(["health"]);
    expect(await (await fetch(`http://127.0.0.1:${metrics}/version`)).json()).not.toHaveProperty("faults");
  });
});
