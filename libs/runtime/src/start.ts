import type { RequestListener } from "node:http";
import { type Handlers, type Name, type ServiceName, topology } from "@boutique/contract/topology";
import { createHealth } from "@boutique/rpc/health";
import { createReflection } from "@boutique/rpc/reflection";
import { listen, type Route, route } from "@boutique/rpc/server";
import type { Log } from "@boutique/telemetry/log";
import { exposition, measureProcess } from "@boutique/telemetry/metrics";
import type { CommonSettings } from "./boot.ts";
import { listenHttp } from "./http.ts";
import { observe } from "./observe.ts";

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

/** Runs a service, with its health, reflection and metrics, until the process is told to stop. */
export const starter =
  <N extends Name>(name: N, settings: CommonSettings, log: Log, closePeers: () => void): Startable<N> =>
  async (handlers, { http, dependencies = [] } = {}) => {
    const stopped = untilStopped();
    const { workload } = topology[name];
    const { HOST: host, PORT, GRPC_PORT, METRICS_PORT, APP_VERSION, STOP_TIMEOUT_MS } = settings;
    const entry = topology[name];
    const routes: Route[] = "service" in entry && handlers ? [route(entry.service, handlers as never)] : [];
    const own = serviceName(routes) ?? workload;
    const health = createHealth(own);
    const reflection = createReflection([own, "grpc.health.v1.Health"]);
    measureProcess(workload, APP_VERSION);

    const servers = await Promise.all([
      listen(http ? GRPC_PORT : PORT, routes, {
        host,
        interceptors: [observe("server", log)],
        additions: [health, reflection],
      }),
      listenHttp(METRICS_PORT, host, serveMetrics),
      http && listenHttp(PORT, host, http),
    ]).catch((error) => {
      log.fatal(`cannot listen: ${error.message}`);
      process.exit(1);
    });
    const [grpc, metrics, web] = servers;

    let stopping = false;
    const tell = () => {
      const serving = !stopping && dependencies.every((dependency) => dependency.ready());
      health.set(serving);
      log.info(
        { status: serving ? "SERVING" : "NOT_SERVING", grpc: grpc.port, http: web?.port, metrics: metrics.port },
        "health",
      );
    };
    for (const dependency of dependencies) dependency.watch(tell);
    tell();

    await stopped;
    stopping = true;
    tell();
    health.close();
    const [unfinished] = await Promise.all([grpc.close(STOP_TIMEOUT_MS), web?.close(STOP_TIMEOUT_MS)]);
    if (unfinished > 0)
      log.error({ calls: unfinished }, "stopped before all calls were finished: STOP_TIMEOUT_MS is over");
    await Promise.all(dependencies.map((dependency) => dependency.close()));
    closePeers();
    await metrics.close(0);
    log.info("stopped");
    process.exit(0);
  };

const serveMetrics: RequestListener = async ({ url = "" }, response) => {
  const { type, text } = await exposition();
  if (/^\/metrics($|\?)/.test(url)) response.setHeader("content-type", type).end(text);
  else response.writeHead(404).end("Metrics are at /metrics.\n");
};

const serviceName = ([first]: readonly Route[]) => first && Object.values(first.service)[0]?.path.split("/")[1];

/** Resolves at SIGTERM or SIGINT; a second one ends the process at once. */
const untilStopped = () =>
  new Promise<void>((resolve) => {
    let asked = false;
    const stop = () => {
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    process.on("SIGTERM", stop).on("SIGINT", stop);
  });
