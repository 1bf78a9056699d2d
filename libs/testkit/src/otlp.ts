import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { Server, ServerCredentials, type ServiceDefinition, type sendUnaryData, status } from "@grpc/grpc-js";
import { type OtlpSpan, spansIn } from "./spans.ts";

/** A collector of a test's own, over gRPC and over HTTP. */
export interface OtlpReceiver {
  /** "127.0.0.1:port", as COLLECTOR_SERVICE_ADDR takes it. */
  readonly grpc: string;
  /** "http://127.0.0.1:port", as OTEL_EXPORTER_OTLP_ENDPOINT takes it. */
  readonly http: string;
  /** What arrived so far. */
  spans(): readonly OtlpSpan[];
  /** How often somebody came, with however many spans. */
  requests(): number;
  /** Resolves with all spans once they are as wanted; rejects when that takes more than so many milliseconds. */
  until(wanted: (spans: readonly OtlpSpan[]) => boolean, milliseconds?: number): Promise<readonly OtlpSpan[]>;
  /** Hangs up on everybody. */
  stop(): Promise<void>;
}

export interface OtlpOptions {
  /** What it does with what it is sent. */
  readonly manner?: "take" | "refuse" | "never answer";
}

/** Starts a collector on two free ports; the caller stops it. */
export async function startOtlpReceiver({ manner = "take" }: OtlpOptions = {}): Promise<OtlpReceiver> {
  const spans: OtlpSpan[] = [];
  const waiting = new Set<() => void>();
  let requests = 0;
  /** Calls back with whether the spans were taken, if ever. */
  const receive = (sent: readonly OtlpSpan[], answer: (taken: boolean) => void) => {
    requests += 1;
    if (manner === "take") spans.push(...sent);
    if (manner !== "never answer") answer(manner === "take");
    for (const look of waiting) look();
  };

  const grpc = new Server();
  grpc.addService(traceService, {
    Export: ({ request }: { request: OtlpSpan[] }, callback: sendUnaryData<unknown>) =>
      receive(request, (taken) => (taken ? callback(null, {}) : callback(refusal))),
  });
  const port = await promisify(grpc.bindAsync.bind(grpc))("127.0.0.1:0", ServerCredentials.createInsecure());

  const http = createServer(async (request, response) => {
    if (!isExport(request)) return void response.writeHead(404).end();
    const bytes = await buffer(request);
    const sent = spansIn(request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes);
    response.setHeader("content-type", "application/x-protobuf");
    receive(sent, (taken) => response.writeHead(taken ? 200 : 400).end());
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");

  return {
    grpc: `127.0.0.1:${port}`,
    http: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    spans: () => spans,
    requests: () => requests,
    until: (wanted, milliseconds = 10_000) =>
      new Promise((resolve, reject) => {
        const finish = (settle: () => void) => {
          clearTimeout(timer);
          waiting.delete(look);
          settle();
        };
        const look = () => wanted(spans) && finish(() => resolve(spans));
        const late = () =>
          reject(new Error(`after ${milliseconds} ms: ${spans.map(({ name }) => name).join() || "none"}`));
        const timer = setTimeout(() => finish(late), milliseconds);
        waiting.add(look);
        look();
      }),
    async stop() {
      grpc.forceShutdown();
      const closed = once(http, "close");
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

const refusal = { code: status.INVALID_ARGUMENT, details: "no spans are taken here" };

const isExport = ({ method, url, headers }: IncomingMessage) =>
  method === "POST" && url === "/v1/traces" && headers["content-type"] === "application/x-protobuf";

// The protocol's answer says nothing when all is well: it has no bytes.
const nothing = () => Buffer.alloc(0);

const traceService: ServiceDefinition = {
  Export: {
    path: "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
    requestStream: false,
    responseStream: false,
    requestSerialize: nothing,
    requestDeserialize: spansIn,
    responseSerialize: nothing,
    responseDeserialize: () => ({}),
  },
};
