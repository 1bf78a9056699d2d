import { health } from "@boutique/contract/proto";
import { type ServerUnaryCall, type ServerWritableStream, type sendUnaryData, status } from "@grpc/grpc-js";
import { quoted } from "./quoted.ts";
import type { Addition } from "./server.ts";

type Status = "SERVING" | "NOT_SERVING";
type Request = { service: string };
type Response = { status: Status | "SERVICE_UNKNOWN" };

/**
 * The standard health service. `""` and the service's own name are readiness, `"liveness"` is the process alone:
 * a store that is away takes a process out of service, it does not get it restarted.
 */
export function createHealth(serviceName: string) {
  let ready: Status = "NOT_SERVING";
  const watchers = new Map<ServerWritableStream<Request, Response>, () => void>();
  const statusOf = (name: string): Response["status"] => {
    if (name === "liveness") return "SERVING";
    return name === "" || name === serviceName ? ready : "SERVICE_UNKNOWN";
  };

  const check = ({ request }: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => {
    const answer = statusOf(request.service);
    const unknown = { code: status.NOT_FOUND, details: `no service ${quoted(request.service, 64)}` };
    if (answer === "SERVICE_UNKNOWN") callback(unknown);
    else callback(null, { status: answer });
  };

  const watch = (stream: ServerWritableStream<Request, Response>) => {
    let last: Response["status"] | undefined;
    const tell = () => {
      const now = statusOf(stream.request.service);
      if (now !== last) stream.write({ status: now });
      last = now;
    };
    watchers.set(stream, tell);
    stream.once("cancelled", () => watchers.delete(stream));
    tell();
  };

  const addition: Addition = {
    addToServer: (server) => server.addService(health.Health.service, { check, watch }),
  };
  return {
    ...addition,
    set(serving: boolean) {
      ready = serving ? "SERVING" : "NOT_SERVING";
      for (const tell of watchers.values()) tell();
    },
    /** Ends all watches, which would hold up a stop. */
    close() {
      for (const stream of watchers.keys()) stream.end();
      watchers.clear();
    },
  };
}
