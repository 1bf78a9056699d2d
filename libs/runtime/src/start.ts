import type { RequestListener } from "node:http";
import { type Handlers, type Name, type ServiceName, topology } from "@boutique/contract/topology";
import { createHealth } from "@boutique/rpc/health";
import type { Interceptor } from "@boutique/rpc/interceptor";
import { createReflection } from "@boutique/rpc/reflection";
import { listen, type Route, route } from "@boutique/rpc/server";
import { createTurns, inTurn } from "@boutique/rpc/turns";
import type { Metrics } from "@boutique/telemetry/metrics";
import { measureProcess } from "@boutique/telemetry/process";
import { turnMetrics } from "@boutique/telemetry/rpc-metrics";
import type { Household } from "./boot.ts";
import { home } from "./home.ts";
import { listenHttp } from "./http.ts";
import { observe } from "./observe.ts";
import { observeRequests } from "./requests.ts";
import type { CommonSettings } from "./service-settings.ts";
import { traceServer } from "./trace.ts";
import type { Version } from "./version.ts";

/** Sockets for pages: measured (`npm run bench:overload`), with 8 a rush still waited in the kernel for seconds. */
const DOORS = 32;

/** Something a service cannot do without, such as the store of its carts. */
export interface Dependency {
  /** Whether it can be used now. */
  ready(): boolean;
  /** Asks to be told at each change of `ready`. */
  watch(changed: () => void): void;
  close(): void | Promise<void>;
}

export interface StartOptions {
  /** What answers HTTP; the frontend alone has it. */
  readonly http?: RequestListener;
  /** Without these the service says NOT_SERVING, but lives. */
  readonly dependencies?: readonly Dependency[];
}

export type Startable<N extends Name> = (
  handlers: N extends ServiceName ? Handlers<N> : null,
  options?: StartOptions,
) => Promise<void>;

/** Runs a service, with its health, reflection and metrics, until its home tells it to stop. */
export const starter =
  <N extends Name>(name: N, household: Household): Startable<N> =>
  async (handlers, { http, dependencies = [] } = {}) => {
    const { settings, log, metrics, business, version, faults, tracing, closePeers } = household;
    const { stopped, leave, neighbours, services } = home();
    const toldToStop = stopped(name);
    const { workload } = topology[name];
    const { HOST: host, PORT, REUSE_PORT, GRPC_PORT, METRICS_PORT, APP_VERSION, STOP_TIMEOUT_MS } = settings;
    const entry = topology[name];
    const routes: Route[] = "service" in entry && handlers ? [route(entry.service, handlers as never)] : [];
    const own = serviceName(routes) ?? workload;
    const health = createHealth(own);
    const reflection = createReflection([own, "grpc.health.v1.Health"]);
    measureProcess(metrics, { service: workload, version: APP_VERSION, services });
    const { tracer } = tracing;
    const observers =
      routes.length > 0 ? [traceServer(tracer), observe("server", metrics, log), turnsOf(settings, metrics)] : [];
    const interceptors = [...observers, ...faults.calls];
    const pages = http && observeRequests(metrics, log, tracer, http);
    if (process.argv.includes("--signals")) {
      console.log(JSON.stringify({ metrics: metrics.declared, events: business.declared }));
      process.exit(0);
    }
    await tracing.begin();

    const servers = await Promise.all([
      listen(http ? GRPC_PORT : PORT, routes, { host, interceptors, additions: [health, reflection], neighbours }),
      listenHttp(METRICS_PORT, host, serveMetrics(metrics, version)),
      pages && listenHttp(PORT, host, pages, { shared: REUSE_PORT, doors: DOORS }),
    ]).catch((error) => {
      log.fatal(`cannot listen: ${error.message}`);
      process.exit(1);
    });
    const [grpc, scraped, web] = servers;

    let stopping = false;
    const tell = () => {
      const serving = !stopping && dependencies.every((dependency) => dependency.ready());
      health.set(serving);
      log.info(
        { status: serving ? "SERVING" : "NOT_SERVING", grpc: grpc.port, http: web?.port, metrics: scraped.port },
        "health",
      );
    };
    for (const dependency of dependencies) dependency.watch(tell);
    tell();

    await toldToStop;
    stopping = true;
    tell();
    health.close();
    const [unfinished] = await Promise.all([grpc.close(STOP_TIMEOUT_MS), web?.close(STOP_TIMEOUT_MS)]);
    if (unfinished > 0)
      log.error({ calls: unfinished }, "stopped before all calls were finished: STOP_TIMEOUT_MS is over");
    // In the order given: what works with a store is closed before it.
    for (const dependency of dependencies) await dependency.close();
    closePeers();
    business.flush();
    await tracing.stop();
    await scraped.close(0);
    log.info("stopped");
    leave(name, 0);
  };

/** Has calls wait for their turn, and counts those that wait and those that are refused. */
function turnsOf({ CALLS_AT_ONCE, QUEUE_TIMEOUT_MS }: CommonSettings, metrics: Metrics): Interceptor {
  const turns = createTurns(CALLS_AT_ONCE, QUEUE_TIMEOUT_MS);
  const { refused } = turnMetrics(metrics, turns.waiting);
  return inTurn(turns, (why) => {
    refused.at(why).value += 1;
  });
}

const serveMetrics =
  (metrics: Metrics, version: Version): RequestListener =>
  async ({ url = "", headers }, response) => {
    const [path] = url.split("?");
    if (path === "/version") {
      return void response.setHeader("content-type", "application/json").end(`${JSON.stringify(version)}\n`);
    }
    if (path !== "/metrics") {
      return void response.writeHead(404).end("Metrics are at /metrics, and what runs here at /version.\n");
    }
    try {
      const { type, text } = await metrics.exposition(headers.accept);
      response.setHeader("content-type", type).end(text);
    } catch {
      response.writeHead(500).end("A metric could not be read.\n");
    }
  };

const serviceName = ([first]: readonly Route[]) => first && Object.values(first.service)[0]?.path.split("/")[1];
