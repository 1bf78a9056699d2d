import type { ServiceDefinition } from "@grpc/grpc-js";
import { RpcError } from "./error.ts";
import type { Method } from "./interceptor.ts";

/** Stands for a request whose bytes are no message of its type. */
const undecodable = Symbol("undecodable");

/** A service that takes any bytes for a request. gRPC itself answers bad ones with INTERNAL, as if it were our fault. */
export const takingAnyBytes = (service: ServiceDefinition): ServiceDefinition =>
  Object.fromEntries(
    Object.entries(service).map(([name, rpc]) => [
      name,
      { ...rpc, requestDeserialize: orMark(rpc.requestDeserialize) },
    ]),
  );

/** A method that refuses a request that could not be decoded; whoever counts and traces calls then knows of it too. */
export const refusingUndecodable =
  (method: Method): Method =>
  (request, context) => {
    if (request === undecodable) throw new RpcError("INVALID_ARGUMENT", "request: is no message of its type");
    return method(request, context);
  };

const orMark = (decode: (bytes: Buffer) => unknown) => (bytes: Buffer) => {
  try {
    return decode(bytes);
  } catch {
    return undecodable;
  }
};
