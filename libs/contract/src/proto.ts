import { fileURLToPath } from "node:url";
import { loadPackageDefinition, type ServiceDefinition } from "@grpc/grpc-js";
import { loadSync, type MessageTypeDefinition, type MethodDefinition } from "@grpc/proto-loader";
import type { ProtoGrpcType as HealthProto } from "../gen/health.ts";
import type { ProtoGrpcType as ShopProto } from "../gen/shop.ts";

// Where messages get their types: proto-loader reads the protos at run time, `npm run generate` wrote
// what they look like, and both are told the same options (see package.json).
// int64 is a string on this side of the wire: a number would round the large ones silently.
const load = (keepCase: boolean) =>
  loadSync(["shop.proto", "grpc/health/v1/health.proto"], {
    includeDirs: [fileURLToPath(new URL("../../../protos", import.meta.url))],
    longs: String,
    enums: String,
    defaults: true,
    keepCase,
  });

/** The protos with their fields named as they are written there, for reflection; the code's names are camelCase. */
export const loadAsWritten = () => load(true);

const proto = loadPackageDefinition(load(false)) as unknown as HealthProto & ShopProto;

export const shop = proto.hipstershop;
export const health = proto.grpc.health.v1;

type MessageName = keyof ShopProto["hipstershop"];

/** A message of shop.proto as it is received: every field present, a message that was not sent null. */
export type Message<N extends MessageName> =
  ShopProto["hipstershop"][N] extends MessageTypeDefinition<infer _Init, infer Received> ? Received : never;

/** A message of shop.proto as it may be sent: every field optional. */
export type MessageInit<N extends MessageName> =
  ShopProto["hipstershop"][N] extends MessageTypeDefinition<infer Init, infer _Received> ? Init : never;

/** A method as the proto describes it, its options included. */
// biome-ignore lint/suspicious/noExplicitAny: the loader's joint; what crosses it is typed by the contract
export type Rpc = MethodDefinition<any, any>;

/** The methods of a service. */
export const rpcsOf = (service: ServiceDefinition): readonly Rpc[] =>
  Object.values(service) as readonly unknown[] as Rpc[];

/** What a handler knows of a call besides its request; the calls that it makes in turn inherit all of it. */
export interface Context {
  /** When the answer is no longer wanted, in milliseconds since the epoch. */
  readonly deadline: number;
  /** Aborts when the caller hangs up. */
  readonly signal: AbortSignal;
  /** The W3C headers that arrived (traceparent, tracestate, baggage) and travel on. */
  readonly trace: Readonly<Record<string, string>>;
  /** Where to tell what happens in it, when it is traced. */
  readonly span?: Span;
}

/** What a trace records of a call. */
export interface Span {
  /** Something that happened in it, at this moment. */
  event(name: string, attributes?: Readonly<Record<string, unknown>>): void;
  /** Something that is true of all of it. */
  set(attributes: Readonly<Record<string, string | number | boolean>>): void;
}

/** How a service is written: functions from a request to a response, now or later. */
export type HandlersOf<S extends ServiceDefinition> = {
  [M in Methods<S>]: S[Capitalize<M>] extends MethodDefinition<infer _I, infer Response, infer Request, infer _O>
    ? (request: Request, context: Context) => Response | Promise<Response>
    : never;
};

/** How a service is called: the same functions, seen from the other side. */
export type ClientOf<S extends ServiceDefinition> = {
  [M in Methods<S>]: S[Capitalize<M>] extends MethodDefinition<infer Request, infer _I, infer _O, infer Response>
    ? (request: Request) => Promise<Response>
    : never;
};

// The generated definitions extend an index signature; only their literal keys are methods.
type Methods<S> = keyof { [M in keyof S as string extends M ? never : Uncapitalize<M & string>]: never };
