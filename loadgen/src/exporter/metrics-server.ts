import { listenHttp } from "@boutique/runtime/http";
import type { Operator } from "../command/operator.ts";
import { exportMetrics } from "./exporter.ts";

/** Serves an operator's metrics to Prometheus; rejects when it cannot listen there. */
export async function serveMetrics(operator: Operator, port: number, host: string) {
  const { metrics, close } = exportMetrics(operator);
  const server = await listenHttp(port, host, async (request, response) => {
    if (request.url?.split("?")[0] !== "/metrics") {
      response.writeHead(404, { "content-type": "text/plain" }).end("Metrics are at /metrics\n");
      return;
    }
    try {
      const { type, text } = await metrics.exposition(request.headers.accept);
      response.writeHead(200, { "content-type": type }).end(text);
    } catch {
      response.writeHead(500, { "content-type": "text/plain" }).end("A metric could not be read.\n");
    }
  });
  return {
    port: server.port,
    async close() {
      close();
      await server.close(0);
    },
  };
}
