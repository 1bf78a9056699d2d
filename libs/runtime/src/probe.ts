import { basename } from "node:path";
import { frontendGrpcPort, type Name, names, roster } from "@boutique/contract/roster";
import { port, readSettings, text } from "./settings.ts";

// Asks a service for its health, from within its own container, where there may be no other program than Node. It is
// started every few seconds: so it speaks gRPC by hand, rather than load all that grpc-js is.
const { connect } = process.getBuiltinModule("node:http2");

const PATIENCE_MS = 2_500;
const statuses = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"];

/** Asks what listens at a URL for the health of one of its services ("" for all): resolves to a word such as SERVING. */
export async function askHealth(url: string, service: string, patience = PATIENCE_MS): Promise<string> {
  const session = connect(url);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const timer = setTimeout(() => reject(new Error(`no answer in ${patience} ms`)), patience);
  // What ends a call says why only behind the words that it was ended.
  const fail = (error: Error) => reject(error.cause ?? error);
  session.on("error", fail);
  try {
    const call = session.request({
      ":method": "POST",
      ":path": "/grpc.health.v1.Health/Check",
      "content-type": "application/grpc",
      te: "trailers",
    });
    const chunks: Buffer[] = [];
    let code = "";
    const readCode = (headers: Readonly<Record<string, unknown>>) => {
      code = String(headers["grpc-status"] ?? code);
    };
    call.on("response", readCode).on("trailers", readCode).on("error", fail);
    call.on("data", (chunk) => chunks.push(chunk));
    call.on("end", () =>
      code === "0" ? resolve(statusIn(Buffer.concat(chunks))) : reject(new Error(`gRPC code ${code || "missing"}`)),
    );
    call.end(question(service));
    return await promise;
  } finally {
    clearTimeout(timer);
    session.destroy();
  }
}

/** HealthCheckRequest { string service = 1 }, behind gRPC's five bytes: not compressed, and so long. */
function question(service: string): Buffer {
  const name = Buffer.from(service);
  const message = name.length === 0 ? name : Buffer.concat([Buffer.from([0x0a, name.length]), name]);
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(message.length, 1);
  return Buffer.concat([frame, message]);
}

/** HealthCheckResponse { ServingStatus status = 1 }, of which a zero is not sent. */
const statusIn = (answer: Buffer) => statuses[answer[5] === 0x08 ? (answer[6] ?? 0) : 0] ?? "UNKNOWN";

/** Where the service of a folder listens for gRPC on its own machine, as its environment has it. */
export function ownUrl(folder: string, environment: NodeJS.ProcessEnv): string {
  const name = names.find((known) => known === basename(folder));
  if (!name) throw new Error(`${folder} is the folder of no service: ${names.join(", ")}`);
  const { HOST, PORT, GRPC_PORT } = readSettings(whereabouts(name), environment);
  const host = { "0.0.0.0": "127.0.0.1", "::": "[::1]" }[HOST] ?? (HOST.includes(":") ? `[${HOST}]` : HOST);
  return `http://${host}:${name === "frontend" ? GRPC_PORT : PORT}`;
}

/** Those of a service's settings that say where it listens; a test holds them against what the service reads. */
export const whereabouts = (name: Name) => ({
  HOST: { ...text("0.0.0.0", "The address to listen on."), alias: "LISTEN_ADDR" },
  PORT: { ...port(roster[name].port, "The port of the service."), alias: "ASPNETCORE_HTTP_PORTS" },
  GRPC_PORT: port(frontendGrpcPort, "The port for gRPC health and reflection."),
});

if (import.meta.main) {
  const service = process.argv[2] ?? "";
  try {
    const url = ownUrl(process.cwd(), process.env);
    const status = await askHealth(url, service).catch((error: Error) => `unreachable: ${error.message}`);
    console.log(`${service || "all"} at ${url}: ${status}`);
    process.exitCode = status === "SERVING" ? 0 : 1;
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
