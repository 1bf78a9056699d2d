import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Handlers, Client as OurClient, ServiceName } from "@boutique/contract/topology";
import {
  Client,
  credentials,
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  status,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

// gRPC with nothing of ours in between: what stands in for the original may not lean on the libraries under test.

const packages = loadSync(["original.proto", "health.proto"], {
  includeDirs: [fileURLToPath(new URL(".", import.meta.url))],
  longs: String,
  enums: String,
  defaults: true,
});

const services: Record<ServiceName, string> = {
  cart: "CartService",
  catalog: "ProductCatalogService",
  currency: "CurrencyService",
  checkout: "CheckoutService",
  payment: "PaymentService",
  shipping: "ShippingService",
  email: "EmailService",
  ad: "AdService",
  recommendation: "RecommendationService",
};

const health = packages["grpc.health.v1.Health"] as ServiceDefinition;
const definitionOf = (name: ServiceName) => packages[`hipstershop.${services[name]}`] as ServiceDefinition;

type Additions = "convertMany" | "refund" | "resolveCharge" | "resolveShipment" | "getOrder" | "listOrders";

/** What answers the calls of one of the original's services. */
export type Answers<N extends ServiceName> = {
  [M in keyof Omit<Handlers<N>, Additions>]: Handlers<N>[M] extends (request: infer Q, ...rest: never) => infer A
    ? (request: Q) => A
    : never;
};

/** One of the services as the original's code calls it. */
export type Peer<N extends ServiceName> = Omit<OurClient<N>, Additions>;

/** Fails a call with a status, which need not be one of gRPC's. */
export function fail(code: number, details: string): never {
  throw Object.assign(new Error(details), { code, details });
}

/** Ends the process, where the original's would. */
export function panic(words: string): never {
  throw Object.assign(new Error(words), { panic: true });
}

/** A stand-in that listens. */
export interface StandIn {
  readonly port: number;
  /** The methods that it was asked for, in order. */
  readonly asked: string[];
  /** What it died of. */
  readonly crashes: string[];
  close(): void;
}

/** Serves a stand-in on a free port. */
export async function serve(name: ServiceName, answers: object): Promise<StandIn> {
  const server = new Server();
  const asked: string[] = [];
  const crashes: string[] = [];
  const answered = ([method, answer]: [string, (request: unknown) => unknown]) => {
    const unary: handleUnaryCall<unknown, unknown> = async ({ request }, callback) => {
      asked.push(method);
      try {
        callback(null, await answer(request));
      } catch (error) {
        const { code = status.UNKNOWN, message, panic } = error as Error & { code?: number; panic?: boolean };
        if (!panic) return callback({ code, details: message });
        crashes.push(`${name}: ${message}`);
        server.forceShutdown();
      }
    };
    return [method, unary];
  };
  const check: handleUnaryCall<unknown, unknown> = (_, callback) => callback(null, { status: "SERVING" });

  server.addService(definitionOf(name), Object.fromEntries(Object.entries(answers).map(answered)));
  server.addService(health, { check });
  const bind = promisify(server.bindAsync.bind(server));
  const port = await bind("127.0.0.1:0", ServerCredentials.createInsecure());
  return { port, asked, crashes, close: () => server.forceShutdown() };
}

/** Calls a service as the original does: without a deadline, unless one is given in milliseconds. */
export const call = <N extends ServiceName>(name: N, address: string, patience?: number) =>
  connect<Peer<N>>(definitionOf(name), address, patience);

/** Asks for a service's health as Kubernetes does for the original's, and hangs up; rejects where there is none. */
export async function probe(address: string): Promise<string> {
  const client = connect<{ check(request: object): Promise<{ status: string }> }>(health, address);
  const { status } = await client.check({ service: "" }).finally(client.close);
  return status;
}

function connect<Methods>(definition: ServiceDefinition, address: string, patience?: number) {
  const client = new Client(address, credentials.createInsecure());
  const methods = Object.values(definition).map((method) => {
    const { path, originalName = "", requestSerialize, responseDeserialize } = method;
    const ask = (request: unknown) =>
      new Promise((resolve, reject) => {
        const options = patience === undefined ? {} : { deadline: Date.now() + patience };
        client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, options, (error, answer) =>
          error ? reject(error) : resolve(answer),
        );
      });
    return [originalName, ask];
  });
  return { ...(Object.fromEntries(methods) as Methods), close: () => client.close() };
}
