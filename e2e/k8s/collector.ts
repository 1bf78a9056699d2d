import { roster } from "@boutique/contract/roster";
import { create, kubectl } from "./cluster.ts";
import { image, restricted } from "./image.ts";
import { untilReady } from "./pods.ts";

const PORT = 4317;
const name = "opentelemetrycollector";

/** A collector in the cluster that only says whose spans came. */
export interface Collector {
  /** The workloads that have sent spans so far, sorted. */
  heard(): Promise<string[]>;
}

// It need not understand spans: each batch has its service.name as protobuf writes a key and a text.
const listen = `
  const grpc = require("@grpc/grpc-js");
  const server = new grpc.Server();
  const bytes = (value) => value;
  const key = (name) => "service.name" + String.fromCharCode(18, name.length + 2, 10, name.length) + name;
  server.addService({ Export: {
    path: "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
    requestStream: false, responseStream: false,
    requestSerialize: bytes, requestDeserialize: bytes, responseSerialize: bytes, responseDeserialize: bytes,
  } }, { Export: ({ request }, answer) => {
    for (const name of process.argv.slice(1)) if (request.includes(key(name))) console.log("spans of " + name);
    answer(null, Buffer.alloc(0));
  } });
  server.bindAsync("0.0.0.0:${PORT}", grpc.ServerCredentials.createInsecure(), () => console.log("listening"));`;

/** Starts a collector where the tracing component looks for one. */
export async function startCollector(namespace: string): Promise<Collector> {
  const workloads = Object.values(roster).map(({ workload }) => workload);
  await create(
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace, labels: { app: name } },
      spec: {
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 1,
        containers: [
          {
            name,
            image: image("frontend"),
            command: ["node", "-e", listen, ...workloads],
            securityContext: restricted,
            readinessProbe: { tcpSocket: { port: PORT }, periodSeconds: 1 },
          },
        ],
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace },
      spec: { selector: { app: name }, ports: [{ name: "grpc", port: PORT }] },
    },
  );
  await untilReady(namespace, name, 1);
  return {
    async heard() {
      const said = await kubectl("logs", name, "--namespace", namespace);
      return [...new Set([...said.matchAll(/^spans of (\w+)$/gm)].map(([, workload]) => String(workload)))].sort();
    },
  };
}
